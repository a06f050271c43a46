//! Tables as platforms and spreadsheets save them: in UTF-8 or UTF-16, with commas, semicolons or
//! tabs between the cells.

/// The text of a file: of UTF-16 if a byte-order mark says so (Blackboard, Excel's "Unicode text"),
/// of UTF-8 otherwise; the mark is no part of it. `None` if it is neither.
pub fn text(bytes: &[u8]) -> Option<String> {
    let wide = |bytes: &[u8], number: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks();
        let numbers: Vec<u16> = pairs.iter().map(|pair| number(*pair)).collect();
        String::from_utf16(&numbers)
            .ok()
            .filter(|_| rest.is_empty())
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] | rest => String::from_utf8(rest.to_vec()).ok(),
    }
}

/// What separates the cells: whichever of these is most often in the first line, outside quotes.
pub fn separator(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    let unquoted: String = head.split('"').step_by(2).collect();
    let count = |separator: &u8| unquoted.bytes().filter(|it| it == separator).count();
    // Of equally many, the last.
    let separators = [b'\t', b';', b','];
    separators.into_iter().max_by_key(count).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::{separator, text};

    #[test]
    fn tables_are_read_in_whatever_they_are_saved() {
        let wide = |mark: [u8; 2], order: fn(u16) -> [u8; 2]| {
            let units = "é\t1".encode_utf16().flat_map(order);
            mark.into_iter().chain(units).collect::<Vec<u8>>()
        };
        let little = wide([0xff, 0xfe], u16::to_le_bytes);
        assert_eq!(text(&little).as_deref(), Some("é\t1"));
        let big = wide([0xfe, 0xff], u16::to_be_bytes);
        assert_eq!(text(&big).as_deref(), Some("é\t1"));
        assert_eq!(text("\u{feff}é".as_bytes()).as_deref(), Some("é"));
        assert_eq!(text(&little[..little.len() - 1]), None);
        assert_eq!(text(&[b'a', 0xe9]), None);
    }

    #[test]
    fn what_separates_cells_is_seen_in_the_first_line() {
        for (head, expected) in [
            ("name,id", b','),
            ("name;id;e,mail", b';'),
            ("\"Last, First; Name\"\t\"id\"", b'\t'),
            ("name", b','),
        ] {
            assert_eq!(separator(head), expected, "{head}");
        }
    }
}
