//! Reports: what was found, for people and for programs.

pub mod again;
pub mod excerpt;
pub mod json;
pub mod markdown;
pub mod page;
pub mod plain;
pub mod table;
pub mod text;
pub mod trace;
