//! Objects that an exercise asks for by name. An answer may give an object of its own the same name:
//! where the given part makes one, that one is meant.

use sched_model::run::{Object, ObjectId, Run};

/// Whether the object is one that is asked for by this name; `given` is the line from which the
/// program is as it was given.
pub fn is_meant(run: &Run, object: ObjectId, name: &str, given: u32) -> bool {
    let is_given = |it: &Object| it.made_at.as_ref().is_none_or(|at| at.line >= given);
    let mut namesakes = run.objects.iter().filter(|it| it.name == name);
    let object = run.objects.get(object).filter(|it| it.name == name);
    object.is_some_and(|object| is_given(object) || !namesakes.any(is_given))
}

#[cfg(test)]
mod tests {
    use sched_model::run::ObjectKind;

    use super::super::build::{RunBuilder, site};
    use super::*;

    #[test]
    fn an_objects_namesake_is_meant_only_where_the_given_part_makes_none() {
        let run = RunBuilder::new(1)
            .object(ObjectKind::Event, "bell")
            .object(ObjectKind::Event, "bell");
        let mut run = run.run();
        run.objects[0].made_at = site(50);
        run.objects[1].made_at = site(7);
        let meant = |given| [0, 1].map(|object| is_meant(&run, object, "bell", given));
        assert_eq!(meant(40), [true, false]);
        assert_eq!(meant(60), [true, true]);
        assert!(!is_meant(&run, 0, "till", 40));
    }
}
