//! Documents.

use bedrock_runtime_smithy::model::{
    ContentBlock, ConversationRole, DocumentBlock, DocumentFormat, DocumentSource,
};
use outcrop_catalogue::{ContentKind, Model};

use super::{
    family::{self, Version},
    refusal::{Checked, refuse, supported},
    turn::Turn,
};

/// How many documents a request can have, those within tool results included (quoted).
const MAX_DOCUMENTS: usize = 5;

/// 4.5 MB.
const MAX_BYTES: usize = 4_718_592;

/// The documents of a request, as they come.
#[derive(Debug, Default)]
pub(super) struct Documents<'a> {
    names: [&'a str; MAX_DOCUMENTS],
    count: usize,
}

impl<'a> Documents<'a> {
    /// Rules of the next document.
    pub(super) fn check(&mut self, model: &Model, block: &'a DocumentBlock) -> Checked {
        supported(model.capabilities.check_content(ContentKind::Document))?;
        has_a_plain_name(&block.name)?;
        self.has_another_name(&block.name)?;
        self.is_not_one_too_many(&block.name)?;
        is_not_too_large(model, block)?;
        comes_from_where_the_model_reads(model, block)
    }

    /// No two documents of a request have the same name (quoted).
    fn has_another_name(&self, name: &str) -> Checked {
        if self
            .names
            .iter()
            .take(self.count)
            .any(|earlier| *earlier == name)
        {
            return refuse(
                "Messages can't contain duplicate document names. Rename the document and retry \
                 your request.",
            );
        }
        Ok(())
    }

    /// A request has no more than five (quoted).
    fn is_not_one_too_many(&mut self, name: &'a str) -> Checked {
        match self.names.get_mut(self.count) {
            Some(free) => {
                *free = name;
                self.count += 1;
                Ok(())
            }
            None => refuse(
                "You can't include more than 5 documents in a request. Reduce the number of \
                 documents and retry your request.",
            ),
        }
    }
}

/// The name holds nothing that could be read as an instruction (quoted). Underscores are taken,
/// though the message does not say so (measured).
fn has_a_plain_name(name: &str) -> Checked {
    let plain = |character: char| {
        character.is_ascii_alphanumeric()
            || character.is_whitespace()
            || matches!(character, '-' | '(' | ')' | '[' | ']' | '_')
    };
    let mut after_space = false;
    let taken = name.chars().all(|character| {
        let space = character.is_whitespace();
        let twice = space && after_space;
        after_space = space;
        plain(character) && !twice
    });
    if taken {
        return Ok(());
    }
    refuse(
        "The document file name can only contain alphanumeric characters, whitespace characters, \
         hyphens, parentheses, and square brackets. The name can't contain more than one consecutive \
         whitespace character. Check that the file name conforms to these restrictions and retry \
         your request.",
    )
}

/// A document has 4.5 MB at most (quoted). Claude 4 and later read larger PDFs (measured), Nova
/// larger PDFs and DOCX (documented).
fn is_not_too_large(model: &Model, block: &DocumentBlock) -> Checked {
    let DocumentSource::Bytes(bytes) = &block.source else {
        return Ok(());
    };
    if bytes.as_ref().len() <= MAX_BYTES || is_read_page_by_page(model, block.format) {
        return Ok(());
    }
    refuse(
        "The maximum document size is 4.5 MB. Reduce the size of your document and retry your \
         request.",
    )
}

fn is_read_page_by_page(model: &Model, format: DocumentFormat) -> bool {
    match format {
        DocumentFormat::Pdf => {
            family::claude(model) >= Some(Version(4, 0)) || family::is_any(model, &["amazon.nova-"])
        }
        DocumentFormat::Docx => family::is_any(model, &["amazon.nova-"]),
        _ => false,
    }
}

/// A document from S3 goes to models that read it. Claude answers for itself (recorded).
fn comes_from_where_the_model_reads(model: &Model, block: &DocumentBlock) -> Checked {
    if matches!(block.source, DocumentSource::S3Location(_)) && !family::is_claude(model) {
        return supported(model.capabilities.check_s3_location());
    }
    Ok(())
}

/// A turn with a document has a text too (quoted).
pub(super) fn come_with_text(turn: &Turn<'_>) -> Checked {
    if !turn.is_of(ConversationRole::User) {
        return Ok(());
    }
    let (mut document, mut text) = (false, false);
    for (_, block) in turn.blocks() {
        document |= matches!(block, ContentBlock::Document(_));
        text |= matches!(block, ContentBlock::Text(_) | ContentBlock::GuardContent(_));
    }
    if document && !text {
        return refuse(
            "A text block must be included when using documents. Add a text block and retry your \
             request.",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests;
