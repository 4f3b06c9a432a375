//! What of a request and of an answer is assessed.

use bedrock_runtime_smithy::model::{
    CitationGeneratedContent, ContentBlock, GuardrailConverseContentBlock,
    GuardrailConverseContentQualifier, GuardrailConverseImageSource, ImageSource, Message,
    SystemContentBlock,
};
use outcrop_engine::ConverseRequest;
use outcrop_guardrails::{Content, Image, Qualifier};

use super::{Selection, tags::Tags};

/// A run of a text that is assessed in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) text: String,
    /// What it is for; nothing where it is outside of what is marked.
    qualifiers: Option<Vec<Qualifier>>,
}

impl Segment {
    pub(super) fn outside(text: &str) -> Self {
        let text = text.to_owned();
        Self {
            text,
            qualifiers: None,
        }
    }

    pub(super) fn qualified(text: &str, qualifiers: Vec<Qualifier>) -> Self {
        Self {
            text: text.to_owned(),
            qualifiers: Some(qualifiers),
        }
    }

    pub(super) fn guarded(text: &str) -> Self {
        Self::qualified(text, Vec::new())
    }

    fn content(&self) -> Content<'_> {
        match &self.qualifiers {
            Some(qualifiers) => Content::qualified(&self.text, qualifiers),
            None => Content::Outside(&self.text),
        }
    }

    /// Whether policies apply to it, so that a mask has something for it.
    fn is_guarded(&self) -> bool {
        self.qualifiers.as_ref().is_some_and(|qualifiers| {
            qualifiers.is_empty() || qualifiers.contains(&Qualifier::GuardContent)
        })
    }

    fn serves(&self, qualifier: Qualifier) -> bool {
        let qualifiers = self.qualifiers.as_ref();
        qualifiers.is_some_and(|qualifiers| qualifiers.contains(&qualifier))
    }
}

/// A place of a request or an answer that has something to assess.
pub(super) enum Piece<'a> {
    /// A text, and where its masked form goes.
    Text(&'a mut String, Vec<Segment>),
    /// An image.
    Image(Image<'a>),
}

impl<'a> Piece<'a> {
    /// A text that is guarded as a whole.
    pub(super) fn guarded(text: &'a mut String) -> Self {
        let segments = vec![Segment::guarded(text)];
        Self::Text(text, segments)
    }
}

/// Everything that is assessed together.
pub(super) struct Pieces<'a>(pub(super) Vec<Piece<'a>>);

impl Pieces<'_> {
    pub(super) fn contents(&self) -> Vec<Content<'_>> {
        let mut contents = Vec::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(_, segments) => contents.extend(segments.iter().map(Segment::content)),
                Piece::Image(image) => contents.push(Content::Image(*image)),
            }
        }
        contents
    }

    /// The texts that serve as `qualifier`, a line break between them.
    pub(super) fn serving(&self, qualifier: Qualifier) -> String {
        let texts = self.segments().filter(|segment| segment.serves(qualifier));
        let texts: Vec<_> = texts.map(|segment| segment.text.as_str()).collect();
        texts.join("\n")
    }

    /// All texts, a line break between them.
    pub(super) fn said(&self) -> String {
        let texts: Vec<_> = self.segments().map(|own| own.text.as_str()).collect();
        texts.join("\n")
    }

    /// Puts masked texts, one for each guarded segment, where the segments came from.
    pub(super) fn mask(self, masked: Vec<String>) {
        let mut masked = masked.into_iter();
        for piece in self.0 {
            let Piece::Text(target, segments) = piece else {
                continue;
            };
            let texts = segments.into_iter().map(|segment| {
                let mask = segment.is_guarded().then(|| masked.next()).flatten();
                mask.unwrap_or(segment.text)
            });
            *target = texts.collect();
        }
    }

    fn segments(&self) -> impl Iterator<Item = &Segment> {
        self.0.iter().flat_map(|piece| match piece {
            Piece::Text(_, segments) => segments.as_slice(),
            Piece::Image(_) => &[],
        })
    }
}

/// How a request is read.
pub(super) struct Reach<'a> {
    pub(super) system: Selection,
    pub(super) messages: Selection,
    /// The tags of a native body.
    pub(super) tags: Option<&'a Tags>,
}

/// What a guardrail assesses of a request.
///
/// Of messages that is what is in `guardContent` blocks, or everything where there is none; of system prompts only what is in
/// such blocks (recorded: a plain system prompt is not even counted). Results of tools are not assessed (documented), nor are
/// documents and what a model thought.
pub(super) fn of_request<'a>(request: &'a mut ConverseRequest, reach: &Reach<'_>) -> Pieces<'a> {
    let tagged = reach.tags.filter(|tags| has_tags(request, tags));
    let mut marking = Marking {
        selection: reach.system,
        marked: true,
        tags: tagged,
    };
    let mut pieces = Vec::new();
    for block in &mut request.system {
        match block {
            SystemContentBlock::Text(text) => {
                let read = tagged.is_some() || reach.system == Selection::Comprehensive;
                pieces.extend(read.then(|| marking.text(text)));
            }
            SystemContentBlock::GuardContent(block) => pieces.push(marking.marked(block)),
            SystemContentBlock::CachePoint(_) => {}
        }
    }
    marking.selection = reach.messages;
    marking.marked = request.messages.iter().any(has_guard_content);
    for message in &mut request.messages {
        for block in &mut message.content {
            marking.block(block, &mut pieces);
        }
    }
    Pieces(pieces)
}

fn has_guard_content(message: &Message) -> bool {
    let mut blocks = message.content.iter();
    blocks.any(|block| matches!(block, ContentBlock::GuardContent(_)))
}

fn has_tags(request: &ConverseRequest, tags: &Tags) -> bool {
    let system = request.system.iter().filter_map(|block| match block {
        SystemContentBlock::Text(text) => Some(text),
        _ => None,
    });
    let blocks = request
        .messages
        .iter()
        .flat_map(|message| &message.content)
        .filter_map(|block| match block {
            ContentBlock::Text(text) => Some(text),
            _ => None,
        });
    system.chain(blocks).any(|text| tags.mark(text))
}

/// How the blocks of one part of a request are assessed.
struct Marking<'a> {
    selection: Selection,
    /// Whether something is marked, so that the rest is outside.
    marked: bool,
    tags: Option<&'a Tags>,
}

impl Marking<'_> {
    fn block<'b>(&self, block: &'b mut ContentBlock, pieces: &mut Vec<Piece<'b>>) {
        match block {
            ContentBlock::Text(text) => pieces.push(self.text(text)),
            ContentBlock::GuardContent(block) => pieces.push(self.marked(block)),
            ContentBlock::Image(block) if self.all() => {
                if let ImageSource::Bytes(bytes) = &block.source {
                    pieces.push(image(block.format.as_str(), bytes.as_ref()));
                }
            }
            _ => {}
        }
    }

    /// Whether what is not marked is assessed.
    fn all(&self) -> bool {
        self.selection == Selection::Comprehensive || !self.marked
    }

    fn text<'b>(&self, text: &'b mut String) -> Piece<'b> {
        let segments = match self.tags {
            Some(tags) if self.selection == Selection::Selective => tags.cut(text),
            Some(tags) => {
                let all = tags.cut(text).into_iter();
                all.map(|segment| Segment::guarded(&segment.text)).collect()
            }
            None if self.all() => vec![Segment::guarded(text)],
            None => vec![Segment::outside(text)],
        };
        Piece::Text(text, segments)
    }

    fn marked<'b>(&self, block: &'b mut GuardrailConverseContentBlock) -> Piece<'b> {
        match block {
            GuardrailConverseContentBlock::Text(block) => {
                let own = block.qualifiers.iter().flatten().copied();
                let mut qualifiers: Vec<_> = own.map(qualifier).collect();
                let all = self.selection == Selection::Comprehensive;
                if all && !qualifiers.is_empty() {
                    qualifiers.push(Qualifier::GuardContent);
                }
                let segments = vec![Segment::qualified(&block.text, qualifiers)];
                Piece::Text(&mut block.text, segments)
            }
            GuardrailConverseContentBlock::Image(block) => {
                let GuardrailConverseImageSource::Bytes(bytes) = &block.source;
                image(block.format.as_str(), bytes.as_ref())
            }
        }
    }
}

fn image<'a>(format: &'a str, bytes: &'a [u8]) -> Piece<'a> {
    Piece::Image(Image { format, bytes })
}

fn qualifier(qualifier: GuardrailConverseContentQualifier) -> Qualifier {
    match qualifier {
        GuardrailConverseContentQualifier::GroundingSource => Qualifier::GroundingSource,
        GuardrailConverseContentQualifier::GuardContent => Qualifier::GuardContent,
        GuardrailConverseContentQualifier::Query => Qualifier::Query,
    }
}

/// The texts of an answer. What a model thought and what it calls are not assessed, as the service documents it.
pub(super) fn of_answer(blocks: &mut [ContentBlock]) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for block in blocks {
        match block {
            ContentBlock::Text(text) => pieces.push(Piece::guarded(text)),
            ContentBlock::CitationsContent(block) => {
                for CitationGeneratedContent::Text(text) in block.content.iter_mut().flatten() {
                    pieces.push(Piece::guarded(text));
                }
            }
            _ => {}
        }
    }
    pieces
}
