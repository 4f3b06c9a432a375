//! How one character lies to the one before it.

use hayro_interpret::kurbo::{Affine, Point, Vec2};

/// Units of a font's measures.
const EM: f64 = 1000.0;

/// Where a character is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    start: Point,
    end: Point,
    /// Along the line, of length one.
    along: Vec2,
    /// Size of the font on the page.
    size: f64,
}

/// What stands between two characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    Nothing,
    /// They are two words' where no space is drawn.
    Space,
    Line,
    Paragraph,
}

impl Place {
    /// The place of a character whose outline is transformed in this way. The advance is that of the
    /// font's measures, where it tells one.
    pub(super) fn new(transform: Affine, advance: Option<f32>, vertical: bool) -> Self {
        let unit = if vertical {
            Vec2::new(0.0, -EM)
        } else {
            Vec2::new(EM, 0.0)
        };
        let start = transform * Point::ZERO;
        let across = transform * unit.to_point() - start;
        let size = across.hypot();
        let share = match advance {
            Some(advance) if !vertical => f64::from(advance) / EM,
            _ if vertical => 1.0,
            _ => 0.5,
        };
        Self {
            start,
            end: start + across * share,
            along: if size > 0.0 {
                across / size
            } else {
                Vec2::ZERO
            },
            size,
        }
    }

    /// Whether something else is drawn right here.
    pub(super) fn covers(&self, other: &Self) -> bool {
        self.start.distance(other.start) < self.size * 0.1
    }

    /// What stands between this character and the next.
    pub(super) fn gap(&self, next: &Self) -> Gap {
        let size = self.size.max(next.size);
        let moved = next.start - self.end;
        let along = moved.dot(self.along);
        let across = moved.cross(self.along).abs();
        if across > size * 2.0 {
            Gap::Paragraph
        } else if across > size * 0.6 || along < -size {
            Gap::Line
        } else if along > size * 0.17 {
            Gap::Space
        } else {
            Gap::Nothing
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> Place {
        let transform = Affine::translate((x, y)) * Affine::scale(10.0 / EM);
        Place::new(transform, Some(500.0), false)
    }

    #[test]
    fn gaps_are_told_by_the_size_of_the_font() {
        let first = at(100.0, 700.0);
        for (x, y, gap) in [
            (105.0, 700.0, Gap::Nothing),
            (105.5, 700.0, Gap::Nothing),
            (108.0, 700.0, Gap::Space),
            // A superscript.
            (105.0, 704.0, Gap::Nothing),
            (50.0, 688.0, Gap::Line),
            (50.0, 700.0, Gap::Line),
            (50.0, 660.0, Gap::Paragraph),
        ] {
            assert_eq!(first.gap(&at(x, y)), gap, "{x} {y}");
        }
    }

    #[test]
    fn columns_of_characters_go_down() {
        let place = |y: f64| {
            let transform = Affine::translate((100.0, y)) * Affine::scale(10.0 / EM);
            Place::new(transform, None, true)
        };
        assert_eq!(place(700.0).gap(&place(690.0)), Gap::Nothing);
        assert_eq!(place(700.0).gap(&place(680.0)), Gap::Space);
    }

    #[test]
    fn what_is_drawn_twice_is_found() {
        assert!(at(100.0, 700.0).covers(&at(100.3, 700.0)));
        assert!(!at(100.0, 700.0).covers(&at(105.0, 700.0)));
    }
}
