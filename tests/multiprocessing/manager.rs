//! What CPython's tests say of managers and their proxies, as scenarios.

use std::thread::sleep;

use mp::{Barrier, Child, Dict, Event, List, Lock, Manager, Queue, Shared};

fn manager() -> Manager {
    Manager::start().expect("can be started")
}

/// Whether a request fails because the manager has ended, and says so.
fn has_ended<T>(answer: std::io::Result<T>) -> bool {
    answer.is_err_and(|error| error.to_string().contains("the manager has ended"))
}

fn a_list_is_one_for_all_processes() {
    let manager = manager();
    let list: List<i32> = manager.list().unwrap();
    for n in 0..10 {
        list.push(n).unwrap();
    }
    let elsewhere = start(|| {
        assert_eq!(list.to_vec().unwrap(), (0..10).collect::<Vec<_>>());
        assert_eq!(list.len().unwrap(), 10);
        assert_eq!(list.pop().unwrap(), Some(9));
        assert_eq!(list.remove(0).unwrap(), Some(0));
        assert!(list.set(0, -1).unwrap());
        assert!(list.insert(8, 100).unwrap(), "the end is a place");
    });
    assert_eq!(elsewhere.join(), 0);
    assert_eq!(list.to_vec().unwrap(), [-1, 2, 3, 4, 5, 6, 7, 8, 100]);
    assert_eq!(list.get(1).unwrap(), Some(2));
    list.clear().unwrap();
    assert!(list.is_empty().unwrap());
}

// CPython raises IndexError, which goes through the proxy to who asked.
fn beyond_the_end_of_a_list_is_nothing() {
    let manager = manager();
    let list: List<String> = manager.list().unwrap();
    assert_eq!(list.pop().unwrap(), None);
    assert_eq!(list.get(0).unwrap(), None);
    assert_eq!(list.remove(0).unwrap(), None);
    assert!(!list.set(0, "a".to_owned()).unwrap());
    assert!(!list.insert(1, "a".to_owned()).unwrap());
    assert!(list.insert(0, "a".to_owned()).unwrap());
    assert_eq!(list.to_vec().unwrap(), ["a"]);
}

fn a_dict_is_one_for_all_processes_and_keeps_the_order_of_insertion() {
    let manager = manager();
    let dict: Dict<u32, char> = manager.dict().unwrap();
    let letters = || (65..70).filter_map(|n| Some((n, char::from_u32(n)?)));
    let fills = start(|| {
        for (number, letter) in letters() {
            assert_eq!(dict.insert(number, letter).unwrap(), None);
        }
    });
    assert_eq!(fills.join(), 0);
    assert_eq!(dict.items().unwrap(), letters().collect::<Vec<_>>());
    assert_eq!(dict.keys().unwrap(), (65..70).collect::<Vec<_>>());
    assert_eq!(dict.values().unwrap(), ['A', 'B', 'C', 'D', 'E']);
    assert!(dict.contains_key(&66).unwrap() && !dict.contains_key(&70).unwrap());
    assert_eq!(dict.get(&67).unwrap(), Some('C'));
    assert_eq!(dict.get(&70).unwrap(), None);
    assert_eq!(dict.insert(66, 'b').unwrap(), Some('B'), "what it replaces");
    assert_eq!(dict.remove(&65).unwrap(), Some('A'));
    assert_eq!(dict.remove(&65).unwrap(), None);
    assert_eq!((dict.len().unwrap(), dict.keys().unwrap()[0]), (4, 66));
    dict.clear().unwrap();
    assert!(dict.is_empty().unwrap());
}

fn a_value_is_one_for_all_processes() {
    let manager = manager();
    let value: Shared<(u8, String)> = manager.value((1, "one".to_owned())).unwrap();
    let reads_and_sets = || {
        assert_eq!(value.get().unwrap(), (1, "one".to_owned()));
        value.set((2, "two".to_owned())).unwrap();
    };
    assert_eq!(start(reads_and_sets).join(), 0);
    assert_eq!(value.get().unwrap(), (2, "two".to_owned()));
}

fn what_a_proxy_gives_is_a_copy() {
    let manager = manager();
    let dict: Dict<String, Vec<i32>> = manager.dict().unwrap();
    let key = "nested".to_owned();
    dict.insert(key.clone(), vec![1, 2]).unwrap();
    let mut copy = dict.get(&key).unwrap().unwrap();
    copy.push(3);
    assert_eq!(dict.get(&key).unwrap().unwrap(), [1, 2], "only the copy");
    dict.insert(key.clone(), copy).unwrap();
    assert_eq!(dict.get(&key).unwrap().unwrap(), [1, 2, 3]);
}

fn a_copy_of_a_proxy_is_another_one_of_the_same() {
    let manager = manager();
    let (list, other): (List<u8>, List<u8>) = (manager.list().unwrap(), manager.list().unwrap());
    let same = list.clone();
    list.push(1).unwrap();
    drop(list);
    same.push(2).unwrap();
    assert_eq!(same.to_vec().unwrap(), [1, 2]);
    assert!(other.is_empty().unwrap(), "another list is another");
}

fn what_is_made_elsewhere_is_kept_too() {
    let manager = manager();
    let list: List<u8> = manager.list().unwrap();
    let makes = || {
        let own: Shared<u8> = manager.value(5).unwrap();
        own.set(own.get().unwrap() + 1).unwrap();
        list.push(own.get().unwrap()).unwrap();
    };
    assert_eq!(start(makes).join(), 0);
    assert_eq!(list.to_vec().unwrap(), [6]);
}

fn requests_of_many_are_answered_one_by_one() {
    let manager = manager();
    let list: List<u32> = manager.list().unwrap();
    let pushes = |own: u32| (0..5).for_each(|n| list.push(10 * own + n).unwrap());
    let children: Vec<Child> = (0..3).map(|own| start(move || pushes(own))).collect();
    join_all(&children);
    let mut all = list.to_vec().unwrap();
    for own in 0..3 {
        let of_one = all.iter().filter(|n| **n / 10 == own);
        let in_order = of_one.copied().eq((0..5).map(|n| 10 * own + n));
        assert!(in_order, "{all:?}");
    }
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 15);
}

fn two_requests_are_one_only_under_a_lock() {
    let (manager, lock) = (manager(), Lock::new());
    let dict: Dict<String, u32> = manager.dict().unwrap();
    let key = "value".to_owned();
    dict.insert(key.clone(), 0).unwrap();
    let count = || {
        for _ in 0..5 {
            let _held = lock.lock();
            let before = dict.get(&key).unwrap().unwrap();
            dict.insert(key.clone(), before + 1).unwrap();
        }
    };
    let children: Vec<Child> = (0..3).map(|_| start(count)).collect();
    join_all(&children);
    assert_eq!(dict.get(&key).unwrap(), Some(15));
}

fn messages_may_be_long() {
    let manager = manager();
    // More than fits into a socket.
    let long = vec![7_u8; 1 << 20];
    let value: Shared<Vec<u8>> = manager.value(long.clone()).unwrap();
    assert!(elsewhere(|| value.get().unwrap() == long));
    assert_eq!(value.get().unwrap().len(), 1 << 20);
}

fn after_shutdown_proxies_say_so() {
    let manager = manager();
    let dict: Dict<u8, u8> = manager.dict().unwrap();
    let list: List<u8> = manager.list().unwrap();
    let value: Shared<u8> = manager.value(1).unwrap();
    dict.insert(1, 1).unwrap();
    manager.shutdown();
    assert!(has_ended(dict.get(&1)) && has_ended(dict.insert(1, 2)) && has_ended(dict.len()));
    assert!(has_ended(list.push(1)) && has_ended(list.to_vec()) && has_ended(list.pop()));
    assert!(has_ended(value.get()) && has_ended(value.set(2)));
    // Asking once more makes no difference, and neither does another process.
    assert!(has_ended(value.get()));
    assert!(elsewhere(|| has_ended(value.get()) && has_ended(list.len())));
}

fn dropping_a_manager_ends_it() {
    let list: List<u8> = {
        let manager = manager();
        let list = manager.list().unwrap();
        list.push(1).unwrap();
        list
    };
    assert!(has_ended(list.to_vec()));
}

fn a_manager_ends_with_its_maker_and_not_with_other_processes() {
    let manager = manager();
    let list: List<u8> = manager.list().unwrap();
    // What was moved into the child is dropped there, too.
    let child = start(|| {
        let _manager = &manager;
        list.push(1).unwrap();
    });
    assert_eq!(child.join(), 0);
    assert_eq!(list.to_vec().unwrap(), [1]);
    let proxies = Queue::unbounded();
    let makes = start(|| {
        let own = Manager::start().unwrap();
        let value: Shared<u8> = own.value(3).unwrap();
        proxies.put(value.get().unwrap());
    });
    assert_eq!((makes.join(), proxies.get()), (0, 3));
}

fn managers_are_each_their_own() {
    let (first, second) = (manager(), manager());
    let one: List<u8> = first.list().unwrap();
    let two: List<u8> = second.list().unwrap();
    one.push(1).unwrap();
    two.push(2).unwrap();
    first.shutdown();
    assert!(has_ended(one.to_vec()));
    assert_eq!(two.to_vec().unwrap(), [2]);
}

fn a_client_that_is_killed_does_not_hurt_the_manager() {
    let (manager, ready) = (manager(), Event::new());
    let list: List<u8> = manager.list().unwrap();
    let child = start(|| {
        list.push(1).unwrap();
        ready.set();
        sleep(LONG);
    });
    ready.wait();
    child.kill();
    assert_eq!(child.join(), -9);
    list.push(2).unwrap();
    assert_eq!(list.to_vec().unwrap(), [1, 2]);
}

fn who_waits_elsewhere_holds_up_no_request() {
    let (manager, both) = (manager(), Barrier::new(2));
    let value: Shared<u8> = manager.value(0).unwrap();
    let child = start(|| {
        value.set(1).unwrap();
        both.wait().unwrap();
        assert_eq!(value.get().unwrap(), 2);
    });
    while value.get().unwrap() == 0 {
        sleep(SHORT / 10);
    }
    value.set(2).unwrap();
    both.wait().unwrap();
    assert_eq!(child.join(), 0);
}

// ---- given: edits below this line are ignored ----

scenarios! {
    a_list_is_one_for_all_processes
    beyond_the_end_of_a_list_is_nothing
    a_dict_is_one_for_all_processes_and_keeps_the_order_of_insertion
    a_value_is_one_for_all_processes
    what_a_proxy_gives_is_a_copy
    a_copy_of_a_proxy_is_another_one_of_the_same
    what_is_made_elsewhere_is_kept_too
    requests_of_many_are_answered_one_by_one
    two_requests_are_one_only_under_a_lock
    messages_may_be_long
    after_shutdown_proxies_say_so
    dropping_a_manager_ends_it
    a_manager_ends_with_its_maker_and_not_with_other_processes
    managers_are_each_their_own
    a_client_that_is_killed_does_not_hurt_the_manager
    who_waits_elsewhere_holds_up_no_request
}
