//! Items that a macro of the same file makes: of one arm, whose parameters are parted by commas. Others make
//! nothing that is documented.

use std::collections::HashMap;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The parameters of a macro, and what it makes of them.
struct Macro {
    parameters: Vec<String>,
    body: TokenStream,
}

/// The items of a file, those that macros make included.
pub fn expanded(items: Vec<syn::Item>) -> Vec<syn::Item> {
    let mut macros = HashMap::new();
    let mut all = Vec::new();
    for item in items {
        let syn::Item::Macro(call) = item else {
            all.push(item);
            continue;
        };
        let tokens = call.mac.tokens;
        match (&call.ident, call.mac.path.get_ident()) {
            (Some(name), _) => {
                macros.extend(Macro::read(tokens).map(|it| (name.to_string(), it)));
            }
            (None, Some(name)) => {
                let made = macros.get(&name.to_string());
                let made = made.and_then(|it| it.call(tokens));
                all.extend(made.into_iter().flatten());
            }
            _ => {}
        }
    }
    all
}

impl Macro {
    /// Reads `($a:ident, $b:expr) => { .. };`.
    fn read(definition: TokenStream) -> Option<Macro> {
        let mut groups = definition.into_iter().filter_map(|token| match token {
            TokenTree::Group(group) => Some(group),
            _ => None,
        });
        let (matcher, body) = (groups.next()?, groups.next()?);
        // Several arms are none of ours.
        if groups.next().is_some() {
            return None;
        }
        let parameters = parts(matcher.stream()).into_iter().map(|part| {
            let tokens: Vec<String> = part.into_iter().map(|it| it.to_string()).collect();
            match tokens.as_slice() {
                [dollar, name, colon, _] if dollar == "$" && colon == ":" => Some(name.clone()),
                _ => None,
            }
        });
        Some(Macro {
            parameters: parameters.collect::<Option<_>>()?,
            body: body.stream(),
        })
    }

    /// The items that a call makes.
    fn call(&self, arguments: TokenStream) -> Option<Vec<syn::Item>> {
        let arguments = parts(arguments);
        if arguments.len() != self.parameters.len() {
            return None;
        }
        let given = self.parameters.iter().map(String::as_str).zip(arguments);
        let made = replaced(self.body.clone(), &given.collect());
        Some(syn::parse2::<syn::File>(made).ok()?.items)
    }
}

/// What commas part; none behind the last.
fn parts(tokens: TokenStream) -> Vec<TokenStream> {
    let mut parts = vec![TokenStream::new()];
    for token in tokens {
        match &token {
            TokenTree::Punct(mark) if mark.as_char() == ',' => parts.push(TokenStream::new()),
            _ => {
                if let Some(part) = parts.last_mut() {
                    part.extend([token]);
                }
            }
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// An argument as the compiler passes it on: of several tokens, which stay together.
fn one_token(argument: &TokenStream) -> TokenStream {
    if argument.clone().into_iter().count() == 1 {
        return argument.clone();
    }
    TokenTree::from(Group::new(Delimiter::None, argument.clone())).into()
}

/// The tokens with arguments in place of parameters.
fn replaced(tokens: TokenStream, given: &HashMap<&str, TokenStream>) -> TokenStream {
    let mut made = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '$' => {
                let name = tokens.peek().map(ToString::to_string).unwrap_or_default();
                match given.get(name.as_str()) {
                    Some(argument) => {
                        made.extend(one_token(argument));
                        tokens.next();
                    }
                    None => made.extend([TokenTree::from(mark)]),
                }
            }
            TokenTree::Group(group) => {
                let mut made_of_it = Group::new(group.delimiter(), replaced(group.stream(), given));
                // Where it stands in the source tells how it is written there.
                made_of_it.set_span(group.span());
                made.extend([TokenTree::from(made_of_it)]);
            }
            token => made.extend([token]),
        }
    }
    made
}
