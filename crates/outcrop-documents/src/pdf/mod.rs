//! PDF: pages are drawn, and what is noted are the characters and their places.

mod layout;
mod writer;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, InterpreterWarning, RenderContent,
    hayro_syntax::{
        LoadPdfError, Pdf,
        object::{Array, Stream, dict::keys::CONTENTS},
        page::Page,
    },
    interpret_page,
    kurbo::{Affine, Rect},
};

use self::writer::Writer;
use crate::{Format, Unreadable};

/// The text of a PDF, page after page, in the order in which it is drawn.
pub(crate) fn text(file: Vec<u8>) -> Result<String, Unreadable> {
    let pdf = Pdf::new(file).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Unreadable::Encrypted,
        LoadPdfError::Invalid => Unreadable::Not(Format::Pdf),
    })?;
    let cache = InterpreterCache::new();
    let lacks_font = Arc::new(AtomicBool::new(false));
    let mut writer = Writer::default();
    for page in pdf.pages().iter() {
        if !is_whole(page) {
            return Err(Unreadable::BrokenPage);
        }
        // Where things are drawn does not matter, only how they lie to each other.
        let area = Rect::new(0.0, 0.0, 1.0, 1.0);
        let settings = settings(&lacks_font);
        let mut context = Context::new(Affine::IDENTITY, area, &cache, pdf.xref(), settings);
        interpret_page(page, &mut context, &mut writer);
        writer.end_page()?;
    }
    if lacks_font.load(Ordering::Relaxed) {
        return Err(Unreadable::UnknownCharacters);
    }
    writer.finish()
}

/// Annotations are drawn like the page: the fields of forms are among them.
fn settings(lacks_font: &Arc<AtomicBool>) -> InterpreterSettings {
    let lacks_font = Arc::clone(lacks_font);
    InterpreterSettings {
        warning_sink: Arc::new(move |warning| {
            if matches!(warning, InterpreterWarning::UnsupportedFont) {
                lacks_font.store(true, Ordering::Relaxed);
            }
        }),
        render_content: RenderContent::all(),
        ..InterpreterSettings::default()
    }
}

/// Whether a page's content can be decoded. The interpreter draws what it can. Streams of a broken compression are
/// decoded as far as they go, as readers do.
fn is_whole(page: &Page<'_>) -> bool {
    let decodes = |stream: Stream<'_>| stream.decoded_data().is_ok();
    let dict = page.raw();
    if let Some(stream) = dict.get::<Stream<'_>>(CONTENTS) {
        decodes(stream)
    } else if let Some(streams) = dict.get::<Array<'_>>(CONTENTS) {
        streams.iter::<Stream<'_>>().all(decodes)
    } else {
        true
    }
}
