//! How much a word tells.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::stem;

/// Words that tell nothing about a subject.
const EMPTY: &str = "a about above across after again against all almost also although always am among an and \
any anybody anyone anything are around as at away back be became because been before being below best better \
between both but by can cannot cant could couldnt did didnt do does doesnt doing done dont down during each \
either else ever every everyone everything few for from further get gets getting give gives go goes going got \
had has hasnt have having he hed hello help her here hers herself hi him himself his how however i id if ill im \
in into is isnt it its itself ive just know let lets like likely look made make makes making many may maybe me \
might mine more most much must my myself need never no nobody none nor not nothing now of off often oh ok okay \
on once one only or other others our ours out over own per perhaps please put quite rather really said same say \
says see seem shall she should shouldnt since so some somebody someone something sometimes soon still such sure \
take tell tells than thank thanks that thats the their theirs them themselves then there these they theyre this \
those though through thus to together too toward try trying two under until up upon us use used uses using very \
via want wants was wasnt way we well were what whatever when where whether which while who whole whom whose why \
will with within without wont would wouldnt yes yet you your youre yours yourself ask asked asking bot assistant \
human user der die das und ist ein eine le la les un une des et est el los las y es en de du";

/// Words that tell little: those in which subjects are described, whatever they are.
const FAINT: &str = "advice advise answer anything area chat content conversation day describe detail discuss \
discussion example explain find general good great guidance idea include including information inquiry issue kind \
learn list matter mention new offer opinion part people person plan play prompt provide question recommend \
recommendation refer regard relate request response seek share show specific start statement subject suggest \
suggestion support talk term thing think time today tomorrow topic type understand week work write year yesterday";

static WORDS: LazyLock<(HashSet<String>, HashSet<String>)> = LazyLock::new(|| {
    let stems = |words: &str| words.split_whitespace().map(stem).collect();
    (stems(EMPTY), stems(FAINT))
});

/// How much a word tells about its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Nothing.
    Empty,
    /// A little.
    Faint,
    /// Its subject.
    Full,
}

impl Weight {
    /// As a number, from 0 to 1.
    pub(crate) fn value(self) -> f64 {
        match self {
            Self::Empty => 0.0,
            Self::Faint => 0.3,
            Self::Full => 1.0,
        }
    }
}

/// The weight of a stem.
pub(crate) fn weight(stem: &str) -> Weight {
    let (empty, faint) = &*WORDS;
    if empty.contains(stem) {
        Weight::Empty
    } else if faint.contains(stem) {
        Weight::Faint
    } else {
        Weight::Full
    }
}
