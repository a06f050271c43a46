//! Tests of what words of `course doc` stand for.

use super::*;

fn library() -> Library {
    Library::read(embedded::sources(SOURCES)).expect("the sources of mp can be read")
}

fn shown(word: &str) -> String {
    let library = library();
    let text = match find(&library, word).unwrap_or_else(|| panic!("{word} is found")) {
        Meaning::All => page::overview(&library),
        Meaning::Item(item) => page::item(item),
        Meaning::Methods(methods) => page::methods(&methods),
    };
    let text = markdown::render(&text, 80);
    anstream::adapter::strip_str(&text).to_string()
}

#[test]
fn all_that_the_library_offers_is_there_and_documented() {
    let library = library();
    for name in [
        "Array",
        "BoundedSemaphore",
        "current",
        "pipe",
        "Queue",
        "Run",
        "Shared",
    ] {
        assert!(library.items.iter().any(|item| item.name == name), "{name}");
    }
    for item in &library.items {
        assert!(!item.doc.is_empty(), "{}", item.name);
        for method in &item.methods {
            let name = format!("{}::{}", item.name, method.name);
            assert!(!method.doc.is_empty(), "{name}");
            assert!(
                method.declared.contains("fn "),
                "{name}: {}",
                method.declared
            );
        }
    }
}

#[test]
fn a_method_is_told_with_how_it_is_called_and_when_it_fails() {
    insta::assert_snapshot!(shown("put_timeout"), @r"
    mp::Queue::put_timeout

        fn put_timeout(&self, message: T, timeout: Duration) -> Result<(), Full<T>>

    Like Queue::put, but gives up after timeout.

    Errors: When the queue is still full then; gives the message back.
    ");
    // What a macro makes is there as well.
    insta::assert_snapshot!(shown("BoundedSemaphore::release"), @r"
    mp::BoundedSemaphore::release

        fn release(&self)

    Gives a permit back.

    Panics: When there would be more permits than in the beginning (ValueError in
    CPython).
    ");
}

#[test]
fn a_word_is_found_in_whatever_way_it_is_written() {
    let queue = shown("Queue");
    for word in ["queue", "mp::Queue", "QUEUE", " Queue "] {
        assert_eq!(shown(word), queue, "{word}");
    }
    let get = shown("Queue::get");
    for word in ["Queue.get", "queue.get()", "mp::Queue::get"] {
        assert_eq!(shown(word), get, "{word}");
    }
    // A method that another type's is reached by.
    assert_eq!(shown("JoinableQueue::get"), get);
    assert!(shown("acquire").contains("mp::BoundedSemaphore::acquire"));
    assert!(queue.contains("Queue::put_nowait"), "{queue}");
    assert!(shown("").contains("Barrier"));
}

#[test]
fn what_is_misspelt_is_told_with_what_was_probably_meant() {
    let library = library();
    for (word, like) in [
        ("Queu", "    course doc Queue\n"),
        ("get_timout", "    course doc Queue::get_timeout"),
        ("wait_for_ever", "To see all"),
        ("timeout", "    course doc Event::wait_timeout"),
    ] {
        let told = unknown(&library, word) + "\n";
        assert!(told.contains(like), "{word}: {told}");
    }
}

#[test]
fn pages_of_the_browser_are_named_as_rustdoc_names_them() {
    let library = library();
    for (word, page) in [
        ("", "index.html"),
        ("Queue", "struct.Queue.html"),
        ("pipe", "fn.pipe.html"),
        ("Run", "trait.Run.html"),
        ("Queue::get", "struct.Queue.html#method.get"),
    ] {
        let meaning = find(&library, word).expect("is found");
        assert_eq!(page_name(&meaning), page);
    }
}
