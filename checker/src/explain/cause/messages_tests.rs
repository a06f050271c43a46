//! Tests of who keeps a sender.

use super::*;
use crate::judge::build::RunBuilder;

#[test]
fn who_put_a_message_keeps_the_sender_until_it_lets_go_or_may_have_given_it_away() {
    let put = || {
        let run = RunBuilder::new(2).object(ObjectKind::Channel, "Channel-1");
        run.act(0, 0, Act::Put, 1)
    };
    let keeps = |run: RunBuilder| super::keeps(&run.run(), 0);
    assert!(keeps(put()));
    assert!(keeps(put().act(1, 0, Act::Closed, 0)));
    assert!(!keeps(put().act(0, 0, Act::Closed, 0)));
    assert!(!keeps(put().event(0, What::Start(2))));
}
