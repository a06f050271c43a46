//! Makes pages from templates, and the hashes by which their security policies admit styles and
//! scripts.

use anyhow::Context;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::Environment;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// A page: the template with its values. By the ending of its name it is known how text in it is
/// escaped.
///
/// # Errors
///
/// When the template does not fit its values, which a test of each page excludes.
pub fn render(name: &str, template: &str, values: &impl Serialize) -> anyhow::Result<String> {
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build();
    environment.set_syntax(syntax.context("failed to read the page's template")?);
    environment
        .add_template(name, template)
        .context("failed to read the page's template")?;
    let template = environment.get_template(name);
    let page = template.and_then(|template| template.render(Serde(values)));
    page.context("failed to make the page")
}

/// The hash by which a Content-Security-Policy admits a style or a script (CSP3, hash-source).
pub fn hash(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}
