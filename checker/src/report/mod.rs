//! Reports: what was found, for people and for programs.

pub mod again;
pub mod book;
pub mod entry;
pub mod excerpt;
pub mod exercism;
pub mod github;
pub mod gradescope;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod page;
pub mod pointed;
pub mod rustc;
pub mod sarif;
pub mod short;
pub mod table;
pub mod template;
pub mod text;
pub mod trace;
