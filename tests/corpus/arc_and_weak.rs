//! A tree with parents, and counts that say who is left.
use std::sync::{Arc, Mutex, Weak};

#[derive(Debug)]
struct Node {
    value: i32,
    parent: Mutex<Weak<Node>>,
    children: Mutex<Vec<Arc<Node>>>,
}

fn node(value: i32, children: Vec<Arc<Node>>) -> Arc<Node> {
    let node = Arc::new(Node { value, parent: Mutex::new(Weak::new()), children: Mutex::new(children) });
    for child in node.children.lock().unwrap().iter() {
        *child.parent.lock().unwrap() = Arc::downgrade(&node);
    }
    node
}

fn main() {
    let leaf = node(3, vec![]);
    println!("{:?}", leaf.parent.lock().unwrap().upgrade().map(|p| p.value));
    {
        let branch = node(5, vec![Arc::clone(&leaf)]);
        println!("{:?}", leaf.parent.lock().unwrap().upgrade().map(|p| p.value));
        println!("{} {}", Arc::strong_count(&branch), Arc::weak_count(&branch));
        println!("{}", branch.children.lock().unwrap().len());
    }
    println!("{} {}", leaf.parent.lock().unwrap().upgrade().is_none(), Arc::strong_count(&leaf));
    let cyclic = Arc::new_cyclic(|me: &Weak<String>| format!("{}", me.upgrade().is_none()));
    println!("{cyclic}");
}
