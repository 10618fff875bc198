//! Markdown that people typed, as a page shows it. It becomes markup on the server alone, where everything that could
//! run, load or mislead is taken out.

use leptos::prelude::*;

/// Typed Markdown.
#[component]
pub fn Prose(text: String) -> impl IntoView {
    view! { <div class="prose" inner_html=html_of(&text)></div> }
}

/// The browser never renders Markdown by itself: a page that needs it there asks the server.
#[cfg(not(feature = "ssr"))]
pub fn html_of(_text: &str) -> String {
    String::new()
}

/// Markdown as markup: CommonMark with tables and strikethrough, a line break where one was typed. Images become links,
/// since a picture elsewhere tells its server who reads here; headings begin below those of the page.
#[cfg(feature = "ssr")]
pub fn html_of(text: &str) -> String {
    use pulldown_cmark::{Event, Options, Parser, html};
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(text, options).map(|event| match event {
        Event::SoftBreak => Event::HardBreak,
        // Markup that was typed is shown as it was typed.
        Event::Html(markup) | Event::InlineHtml(markup) => Event::Text(markup),
        event => lowered(event),
    });
    let mut markup = String::new();
    html::push_html(&mut markup, events);
    cleaner().clean(&markup).to_string()
}

#[cfg(feature = "ssr")]
fn lowered(event: pulldown_cmark::Event<'_>) -> pulldown_cmark::Event<'_> {
    use pulldown_cmark::{Event, HeadingLevel, LinkType, Tag, TagEnd};
    match event {
        Event::Start(Tag::Heading { id, classes, attrs, .. }) => Event::Start(Tag::Heading { level: HeadingLevel::H4, id, classes, attrs }),
        Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Heading(HeadingLevel::H4)),
        Event::Start(Tag::Image { dest_url, title, id, .. }) => {
            Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, title, id })
        }
        Event::End(TagEnd::Image) => Event::End(TagEnd::Link),
        event => event,
    }
}

/// What may stay: text, lists, tables, quotes, code, and links to pages.
#[cfg(feature = "ssr")]
fn cleaner() -> &'static ammonia::Builder<'static> {
    use std::collections::HashSet;
    use std::sync::LazyLock;
    static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
        let tags = [
            "a",
            "blockquote",
            "br",
            "code",
            "del",
            "em",
            "h4",
            "hr",
            "li",
            "ol",
            "p",
            "pre",
            "strong",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "ul",
        ];
        let mut cleaner = ammonia::Builder::default();
        cleaner.tags(HashSet::from(tags)).url_schemes(HashSet::from(["http", "https", "mailto"]));
        cleaner.generic_attributes(HashSet::new()).link_rel(Some("noopener noreferrer nofollow"));
        cleaner
    });
    &CLEANER
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::html_of;

    #[test]
    fn markdown_becomes_markup() {
        for (text, markup) in [
            ("One\ntwo\n\nThree", "<p>One<br>\ntwo</p>\n<p>Three</p>\n"),
            ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
            ("# Big", "<h4>Big</h4>\n"),
            ("**so** ~~no~~ `x`", "<p><strong>so</strong> <del>no</del> <code>x</code></p>\n"),
            ("[shop](https://shop.example)", "<p><a href=\"https://shop.example\" rel=\"noopener noreferrer nofollow\">shop</a></p>\n"),
        ] {
            assert_eq!(html_of(text), markup);
        }
    }

    /// What stands between the angle brackets, in small letters: text has none of them left.
    fn tags_of(markup: &str) -> Vec<String> {
        markup.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or(rest).to_lowercase()).collect()
    }

    #[test]
    fn nothing_in_it_runs_loads_or_hides() {
        for text in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt&colon;alert(1))",
            "![x](https://spy.example/pixel.png)",
            "<a href=\"https://x.example\" onclick=\"alert(1)\" style=\"position:fixed\">x</a>",
            "<iframe src=\"https://x.example\"></iframe>",
            "<svg><script>alert(1)</script></svg>",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "<p id=content class=page>x</p>",
        ] {
            // What was typed as markup stays readable as text, so only the tags themselves are looked at.
            for tag in tags_of(&html_of(text)) {
                for bad in ["script", "img", "iframe", "svg", "onerror=", "onclick=", "href=\"data", "style=", "class=", "id="] {
                    assert!(!tag.contains(bad), "{text}: <{tag}>");
                }
            }
        }
        assert!(html_of("![plan](https://shop.example/a.png)").contains("<a href=\"https://shop.example/a.png\""));
        assert!(html_of("<b>typed</b>").contains("&lt;b&gt;typed"));
    }
}
