//! Text that people typed, shown as text: paragraphs, line breaks and simple lists. Nothing in it becomes markup.

use leptos::prelude::*;

/// Typed text as paragraphs; a block of lines that begin with a dash is a list.
#[component]
pub fn Prose(text: String) -> impl IntoView {
    let blocks = blocks(&text)
        .into_iter()
        .map(|block| match block {
            Block::Lines(lines) => {
                let lines = lines.into_iter().enumerate().map(|(at, line)| ((at > 0).then(|| view! { <br /> }), line)).collect_view();
                view! { <p>{lines}</p> }.into_any()
            }
            Block::List(items) => {
                let items = items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
                view! { <ul>{items}</ul> }.into_any()
            }
        })
        .collect_view();
    view! { <div class="prose">{blocks}</div> }
}

#[derive(Debug, PartialEq)]
enum Block {
    Lines(Vec<String>),
    List(Vec<String>),
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for line in text.lines().map(str::trim) {
        let item = line.strip_prefix("- ").or_else(|| line.strip_prefix("* "));
        match (item, blocks.last_mut().filter(|_| open)) {
            (_, _) if line.is_empty() => {}
            (Some(item), Some(Block::List(items))) => items.push(item.trim().to_owned()),
            (None, Some(Block::Lines(lines))) => lines.push(line.to_owned()),
            (Some(item), _) => blocks.push(Block::List(vec![item.trim().to_owned()])),
            (None, _) => blocks.push(Block::Lines(vec![line.to_owned()])),
        }
        open = !line.is_empty();
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_part_paragraphs_and_dashes_make_lists() {
        let text = "One\ntwo\n\nThree\n- a\n* b\n\n- c";
        let said = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let expected = vec![
            Block::Lines(said(&["One", "two"])),
            Block::Lines(said(&["Three"])),
            Block::List(said(&["a", "b"])),
            Block::List(said(&["c"])),
        ];
        assert_eq!(blocks(text), expected);
        assert_eq!(blocks(" \n"), Vec::new());
    }
}
