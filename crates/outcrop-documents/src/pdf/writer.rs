//! A device that writes down the characters that are drawn.

use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
    font::{Glyph, GlyphRun, PositionedGlyph},
    hayro_cmap::{BfString, WritingMode},
    kurbo::{Affine, BezPath},
};

use super::layout::{Gap, Place};
use crate::{LONGEST_TEXT, Unreadable};

/// What stands for a character that nothing tells the name of.
const UNKNOWN: char = '\u{FFFD}';

/// The text so far.
#[derive(Debug, Default)]
pub(super) struct Writer {
    text: String,
    /// Where the last character is, on this page.
    last: Option<Place>,
    /// The begin and the text of the last run, which may be drawn again to look bold.
    run: Option<(Place, String)>,
    /// Characters without a name, and all of them.
    unknown: usize,
    shown: usize,
}

impl Writer {
    /// Pages are apart like paragraphs.
    pub(super) fn end_page(&mut self) -> Result<(), Unreadable> {
        self.last = None;
        self.run = None;
        self.separate(Gap::Paragraph);
        if self.text.len() > LONGEST_TEXT {
            return Err(Unreadable::TooLong);
        }
        Ok(())
    }

    /// The whole text. Some characters may be unknown, as bullets often are; more would be a text that
    /// says something else.
    pub(super) fn finish(self) -> Result<String, Unreadable> {
        if self.unknown * 20 > self.shown {
            return Err(Unreadable::UnknownCharacters);
        }
        let text = self.text.trim();
        if text.is_empty() {
            return Err(Unreadable::NoText);
        }
        Ok(text.to_owned())
    }

    fn separate(&mut self, gap: Gap) {
        let ends_blank = self.text.ends_with(char::is_whitespace);
        match gap {
            Gap::Nothing => {}
            Gap::Space if ends_blank => {}
            Gap::Space => self.text.push(' '),
            Gap::Line | Gap::Paragraph => {
                let kept = self.text.trim_end_matches(' ').len();
                self.text.truncate(kept);
                let breaks = if gap == Gap::Line { "\n" } else { "\n\n" };
                if !self.text.is_empty() && !self.text.ends_with(breaks) {
                    let is_begun = self.text.ends_with('\n');
                    self.text.push_str(&breaks[usize::from(is_begun)..]);
                }
            }
        }
    }

    fn glyph(&mut self, glyph: &PositionedGlyph<'_>, place: Place) {
        self.shown += 1;
        if let Some(last) = &self.last {
            let gap = last.gap(&place);
            self.separate(gap);
        }
        self.last = Some(place);
        match glyph.as_unicode() {
            Some(BfString::Char(char)) => self.char(char),
            Some(BfString::String(text)) => text.chars().for_each(|char| self.char(char)),
            None => {
                self.unknown += 1;
                self.text.push(UNKNOWN);
            }
        }
    }

    fn char(&mut self, char: char) {
        match char {
            // No PDF means lines or pages by these.
            '\t' | '\n' | '\r' | '\u{A0}' => self.text.push(' '),
            '\u{AD}' => self.text.push('-'),
            char if char.is_control() => {}
            char => self.text.push(char),
        }
    }

    /// Whether a run is what was just drawn at the same place.
    fn is_again(&self, glyphs: &[PositionedGlyph<'_>], begin: &Place) -> bool {
        let Some((place, text)) = &self.run else {
            return false;
        };
        let mut rest = text.as_str();
        place.covers(begin)
            && glyphs.iter().all(|glyph| {
                let left = rest.strip_prefix(name(glyph).as_str());
                rest = left.unwrap_or_default();
                left.is_some()
            })
            && rest.is_empty()
    }
}

fn name(glyph: &PositionedGlyph<'_>) -> String {
    match glyph.as_unicode() {
        Some(BfString::Char(char)) => char.into(),
        Some(BfString::String(text)) => text,
        None => UNKNOWN.into(),
    }
}

fn place(glyph: &PositionedGlyph<'_>, transform: Affine, vertical: bool) -> Place {
    let advance = match &**glyph {
        Glyph::Outline(outline) => outline.advance_width(),
        Glyph::Type3(_) => None,
    };
    Place::new(transform * glyph.transform(), advance, vertical)
}

impl<'a> Device<'a> for Writer {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let vertical = matches!(run.writing_mode(), WritingMode::Vertical);
        let place = |glyph| place(glyph, props.transform, vertical);
        let Some(begin) = run.glyphs().first().map(place) else {
            return;
        };
        // What is longer is refused at the end of the page.
        if self.text.len() > LONGEST_TEXT || self.is_again(run.glyphs(), &begin) {
            return;
        }
        for glyph in run.glyphs() {
            self.glyph(glyph, place(glyph));
        }
        self.run = Some((begin, run.glyphs().iter().map(name).collect()));
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
