//! Tests of the page, on hand-made runs: states, arrows, what is marked, and what is escaped.

use std::time::Duration;

use sched_model::run::{Act, ObjectKind, Run, What};

use super::steps::{self, Lane, Shown};
use super::*;
use crate::explain::timeline;
use crate::facts::fact::Fact;
use crate::facts::{About, Finding, Place, Verdict};
use crate::judge::build::{FILE, RunBuilder, site};

/// Two tasks that meet at a lock; the second has to wait for it.
fn handed_over() -> RunBuilder {
    RunBuilder::new(1)
        .lock("till")
        .event_at(0, What::Start(1), 20, None)
        .event_at(0, What::Acquired, 5, Some(0))
        .switch(0, false)
        .switch(1, true)
        .event_at(1, What::Begin, 20, None)
        .event_at(1, What::Blocked, 5, Some(0))
        .event_at(0, What::Released, 7, Some(0))
        .event_at(1, What::Acquired, 5, Some(0))
        .event_at(1, What::Exit(0), 20, None)
}

fn found(message: &str, line: u32, events: &[usize]) -> Found {
    let at = site(line).as_ref().map(Place::of);
    Found {
        finding: Finding {
            verdict: Verdict::WrongOrder,
            fact: Fact::Told(message.to_owned()),
            at,
            labels: Vec::new(),
        },
        cause: None,
        details: Vec::new(),
        about: About {
            events: events.to_vec(),
            ..About::default()
        },
    }
}

fn shown(run: &Run) -> Shown {
    steps::shown(run, &timeline::timeline(run), FILE, (&[], None))
}

fn page(run: &Run, found: &[Found], source: &str) -> String {
    let subject = Subject {
        title: "Schedule 1 of <an> exercise",
        notes: &[],
        run,
        timeline: &timeline::timeline(run),
        found,
        decides: None,
        passing: None,
        file: FILE,
        source: Some(source),
    };
    html(&subject).expect("the template fits its values")
}

/// The data of a page as the script reads it.
fn data(page: &str) -> serde_json::Value {
    let (_, data) = page
        .split_once(r#"<script type="application/json" id="data">"#)
        .expect("the data");
    let (data, _) = data.split_once("</script>").expect("its end");
    serde_json::from_str(data).expect("the data is JSON")
}

#[test]
fn a_row_tells_the_states_of_all_lanes_above_and_below_the_step() {
    let rows = shown(&handed_over().run()).rows;
    let lane = |before, after, acts, word: Option<&str>| Lane {
        before,
        after,
        acts,
        word: word.map(str::to_owned),
    };
    let begins = [
        lane("running", "ready", false, Some("Ready")),
        lane("running", "running", true, Some("Running")),
    ];
    assert_eq!(rows[2].lanes, begins);
    let releases = [
        lane("running", "running", true, Some("Running")),
        lane("blocked", "ready", false, Some("Ready")),
    ];
    assert_eq!(rows[4].lanes, releases);
    assert_eq!(
        rows[0].lanes[1],
        lane("none", "ready", false, Some("Ready"))
    );
    assert_eq!(
        rows[6].lanes[1],
        lane("running", "exited", true, Some("Exited"))
    );
}

#[test]
fn a_row_tells_who_did_what_where_and_why_it_could() {
    let run = handed_over().run();
    let rows = shown(&run).rows;
    let row = &rows[3];
    let told = (row.name.as_str(), row.deed.as_str(), row.line.as_str());
    assert_eq!(told, ("Process-1", "has to wait for till", "line 5"));
    assert_eq!(rows[5].because.as_deref(), Some("because of step 5"));
    let switch = "switch: main could go on";
    assert_eq!(rows[2].switch.as_deref(), Some(switch));
    let others = rows.iter().filter(|row| row.switch.is_some());
    assert_eq!(others.count(), 1);
}

#[test]
fn time_is_told_where_it_has_changed() {
    let mut run = handed_over().makespan(Duration::from_secs(2)).run();
    for event in &mut run.events[4..] {
        event.time = Duration::from_millis(1500);
    }
    let rows = shown(&run).rows;
    let times: Vec<_> = rows.iter().filter_map(|row| row.time.as_deref()).collect();
    assert_eq!(times, ["1.500 s"]);
    assert_eq!(rows[4].time.as_deref(), Some("1.500 s"));
}

#[test]
fn the_data_has_an_arrow_for_a_start_a_hand_over_and_a_message() {
    let run = handed_over()
        .object(ObjectKind::Queue, "counter")
        .act(0, 1, Act::Put, 1)
        .act(1, 1, Act::Got, 1)
        .run();
    let data = data(&page(&run, &[], ""));
    let arrow = |from: u32, to: u32, kind: &str, woke: bool| serde_json::json!({"from": from, "to": to, "kind": kind, "woke": woke});
    let expected = serde_json::json!([
        arrow(1, 3, "start", false),
        arrow(5, 6, "hand_over", true),
        arrow(8, 9, "message", false),
    ]);
    assert_eq!(data["links"], expected);
    assert_eq!(data["steps"][1]["held"], serde_json::json!([[0, "till"]]));
    assert_eq!(
        data["steps"][3]["states"],
        serde_json::json!([[1, "Blocked"]])
    );
    assert_eq!(data["steps"][3]["line"], 5);
}

#[test]
fn the_failing_step_is_the_last_of_those_that_show_it_or_the_last_at_its_line() {
    let run = handed_over().run();
    let failing = |found: Found| steps::failing(&run, &[found]);
    assert_eq!(failing(found("wrong", 5, &[3, 1])), Some(3));
    assert_eq!(failing(found("wrong", 5, &[])), Some(5));
    assert_eq!(failing(found("wrong", 99, &[])), None);
    assert_eq!(steps::failing(&run, &[]), None);
    let page = page(&run, &[found("it is wrong", 5, &[3, 1])], "one\ntwo\n");
    assert!(page.contains("✗ wrong order: it is wrong</span>"), "{page}");
    assert!(page.contains(r##"<a href="#step-4">Go to step 4</a>"##));
    assert_eq!(page.matches(" marked").count(), 2, "rows 2 and 4");
}

#[test]
fn nothing_of_unknown_origin_becomes_part_of_the_page() {
    let evil = r#"</script><script>alert(1)</script><img src=x onerror="alert(2)">"#;
    let mut run = handed_over()
        .print(1, evil)
        .event(1, What::Print(0, 1))
        .run();
    run.tasks[1].name = evil.to_owned();
    run.objects[0].name = format!("{evil}-->");
    run.stderr = evil.to_owned();
    let page = page(
        &run,
        &[found(evil, 5, &[3])],
        &format!("// {evil}\n{{{{ evil }}}}"),
    );
    assert!(
        !page.contains("<img") && !page.contains("<script>alert"),
        "{page}"
    );
    assert_eq!(page.matches("<script").count(), 2, "the data, and ours");
    assert_eq!(page.matches("</script").count(), 2);
    assert!(page.contains("{{ evil }}"), "text is no template");
    let data = data(&page);
    assert!(
        data["steps"][1]["held"][0][1]
            .as_str()
            .is_some_and(|it| it.contains("</script>"))
    );
    assert!(page.contains("Schedule 1 of &lt;an&gt; exercise"));
}

#[test]
fn the_policy_allows_the_scripts_and_styles_of_the_page_and_no_network() {
    let page = page(&handed_over().run(), &[], "");
    let (_, policy) = page
        .split_once("Content-Security-Policy\" content=\"")
        .expect("a policy");
    let (policy, _) = policy.split_once('"').expect("its end");
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-"),
        "{policy}"
    );
    assert!(
        !policy.contains("unsafe") && !policy.contains("http"),
        "{policy}"
    );
    // What the browser hashes is what stands between the tags.
    for part in [STYLE, SCRIPT] {
        assert!(
            page.contains(&format!(">{part}</")),
            "part of the page as it is"
        );
        assert!(policy.contains(&Part::new(part).hash), "{policy}");
    }
    // The only address is a name, not a place.
    let names = page.matches("http://www.w3.org/2000/svg").count();
    assert_eq!(
        page.matches("http").count() - page.matches("http-equiv").count(),
        names
    );
}

#[test]
fn a_run_of_very_many_steps_is_shown_without_those_in_the_middle() {
    let mut run = RunBuilder::new(1).event(0, What::Start(1));
    for _ in 0..5_000 {
        run = run.event(1, What::Clock);
    }
    let run = run.run();
    let rows = steps::shown(
        &run,
        &timeline::timeline(&run),
        FILE,
        (&[found("wrong", 1, &[777])], None),
    )
    .rows;
    assert!(rows.len() <= 2_001, "{}", rows.len());
    let gaps: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.left_out.as_deref())
        .collect();
    assert_eq!(gaps.len(), 2, "before and behind what matters: {gaps:?}");
    assert!(
        rows.iter()
            .any(|row| row.number == 778 && row.fails.is_some())
    );
    assert_eq!(rows.last().map(|row| row.number), Some(5_001));
}
