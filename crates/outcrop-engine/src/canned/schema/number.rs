//! Numbers within bounds and on a grid.

#![expect(
    clippy::float_cmp,
    clippy::cast_precision_loss,
    reason = "bounds are exact, and counts are small"
)]

use serde_json::{Map, Number, Value};

use super::{SchemaError, check::multiple, generate::Place, hints::Hints, node::Node};

/// Numbers that look like something a person would write.
const USUAL: (f64, f64) = (1.0, 100.0);

/// The interval that all schemas allow.
#[derive(Debug, Clone, Copy)]
struct Interval {
    low: f64,
    high: f64,
    open_low: bool,
    open_high: bool,
}

impl Interval {
    /// The interval by those bounds that `counts`.
    fn of(node: &Node<'_>, counts: impl Fn(&Value) -> bool) -> Self {
        let mut interval = Self {
            low: f64::NEG_INFINITY,
            high: f64::INFINITY,
            open_low: false,
            open_high: false,
        };
        for part in &node.parts {
            let number = |keyword: &str| {
                part.get(keyword)
                    .filter(|bound| counts(bound))
                    .and_then(Value::as_f64)
            };
            interval.raise(number("minimum"), flag(part, "exclusiveMinimum"));
            interval.raise(number("exclusiveMinimum"), true);
            interval.lower(number("maximum"), flag(part, "exclusiveMaximum"));
            interval.lower(number("exclusiveMaximum"), true);
        }
        interval
    }

    fn raise(&mut self, bound: Option<f64>, open: bool) {
        if let Some(bound) = bound.filter(|bound| *bound > self.low || *bound == self.low && open) {
            (self.low, self.open_low) = (bound, open);
        }
    }

    fn lower(&mut self, bound: Option<f64>, open: bool) {
        if let Some(bound) = bound.filter(|bound| *bound < self.high || *bound == self.high && open)
        {
            (self.high, self.open_high) = (bound, open);
        }
    }

    fn holds(self, value: f64) -> bool {
        (value > self.low || value == self.low && !self.open_low)
            && (value < self.high || value == self.high && !self.open_high)
    }

    /// The first and the last whole number in it, as far as 64 bits reach.
    fn whole(self) -> (i128, i128) {
        let low = self.low.max(i64::MIN as f64).ceil();
        let high = self.high.min(u64::MAX as f64).floor();
        #[expect(clippy::cast_possible_truncation, reason = "within 65 bits")]
        let (mut first, mut last) = (low as i128, high as i128);
        first += i128::from(self.open_low && low == self.low);
        last -= i128::from(self.open_high && high == self.high);
        (first, last.min(i128::from(u64::MAX)))
    }
}

/// Draft 4 has a boolean here, which is about `minimum` or `maximum`.
fn flag(part: &Map<String, Value>, keyword: &str) -> bool {
    part.get(keyword).and_then(Value::as_bool).unwrap_or(false)
}

/// An integer for `node`.
pub(super) fn integer(
    node: &Node<'_>,
    hints: &Hints<'_>,
    place: Place<'_>,
) -> Result<Value, SchemaError> {
    let (low, high) = whole_bounds(node);
    let step = node.all("multipleOf").try_fold(1, common_step);
    let step = step.ok_or(SchemaError::Unsatisfiable)?;
    let fits = |value: i128| (low..=high).contains(&value) && value % step == 0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "only whole numbers are asked for"
    )]
    let mentioned = hints
        .numbers()
        .filter(|number| number.fract() == 0.0)
        .map(|number| number as i128);
    if let Some(value) = mentioned
        .filter(|value| fits(*value))
        .nth(place.variant as usize)
    {
        return whole(value);
    }
    let first = low + (step - low.rem_euclid(step)) % step;
    if first > high {
        return Err(SchemaError::Unsatisfiable);
    }
    // Start near what is usual, if that is allowed.
    let start = if first < 1 && high >= 1 {
        first + (-first).div_euclid(step) * step
    } else {
        first
    };
    let start = if start < 1 && start + step <= high {
        start + step
    } else {
        start
    };
    let choices = ((high - start) / step + 1).min(100);
    let pick = i128::from(
        hints
            .chance(place.name, 0)
            .below(u64::try_from(choices).unwrap_or(1)),
    );
    whole(start + step * ((pick + i128::from(place.variant)) % choices))
}

/// The least and the greatest integer allowed. Bounds that are integers hold to the last digit, which floats lose.
fn whole_bounds(node: &Node<'_>) -> (i128, i128) {
    let (mut low, mut high) = Interval::of(node, Value::is_f64).whole();
    for part in &node.parts {
        let bound = |keyword: &str| {
            part.get(keyword)
                .and_then(|bound| bound.as_number()?.as_i128())
        };
        let open = |keyword: &str| i128::from(flag(part, keyword));
        low = low.max(bound("minimum").map_or(low, |least| least + open("exclusiveMinimum")));
        low = low.max(bound("exclusiveMinimum").map_or(low, |least| least + 1));
        high = high.min(bound("maximum").map_or(high, |most| most - open("exclusiveMaximum")));
        high = high.min(bound("exclusiveMaximum").map_or(high, |most| most - 1));
    }
    (low, high)
}

/// The smallest whole number that is a multiple of `step` and of `each`.
fn common_step(step: i128, each: &Value) -> Option<i128> {
    let each = match each.as_number()?.as_i128() {
        Some(whole) => whole,
        None => smallest_whole(each.as_f64()?)?,
    };
    let (mut a, mut b) = (step, each);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (each > 0)
        .then(|| (step / a).checked_mul(each))
        .flatten()
        .filter(|step| *step <= i128::from(u64::MAX))
}

/// The smallest whole number that is a multiple of `step`.
fn smallest_whole(step: f64) -> Option<i128> {
    let whole = (1..=10_000_i32)
        .map(|times| f64::from(times) * step)
        .find(|whole| (whole - whole.round()).abs() < 1e-9 && *whole >= 0.5)?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "what is cut off is refused"
    )]
    Some(whole.round() as i128)
}

fn whole(value: i128) -> Result<Value, SchemaError> {
    Number::from_i128(value)
        .map(Value::Number)
        .ok_or(SchemaError::Unsatisfiable)
}

/// A number for `node`, whole or not.
pub(super) fn number(
    node: &Node<'_>,
    hints: &Hints<'_>,
    place: Place<'_>,
) -> Result<Value, SchemaError> {
    let interval = Interval::of(node, |_| true);
    let steps: Vec<&Value> = node.all("multipleOf").collect();
    let fits = |number: &Number| {
        number.as_f64().is_some_and(|value| interval.holds(value))
            && steps.iter().all(|step| multiple(number, step))
    };
    let mentioned = hints.numbers().filter_map(Number::from_f64).filter(&fits);
    if let Some(number) = mentioned.map(tidy).nth(place.variant as usize) {
        return Ok(Value::Number(number));
    }
    let made = match steps.first().and_then(|step| step.as_f64()) {
        Some(step) if step > 0.0 => on_grid(interval, step, place.variant, fits),
        _ => within(interval, hints, place)
            .and_then(Number::from_f64)
            .filter(&fits),
    };
    made.map(|number| Value::Number(tidy(number)))
        .ok_or(SchemaError::Unsatisfiable)
}

/// A float that is whole is written as an integer where nothing is lost.
fn tidy(number: Number) -> Number {
    let whole = number
        .as_f64()
        .filter(|float| float.fract() == 0.0 && float.abs() < 1e15);
    #[expect(clippy::cast_possible_truncation, reason = "whole and small")]
    whole.map_or(number, |float| Number::from(float as i64))
}

fn on_grid(
    interval: Interval,
    step: f64,
    variant: u32,
    fits: impl Fn(&Number) -> bool,
) -> Option<Number> {
    let least = interval.low.max(if interval.high >= step {
        step.min(interval.high)
    } else {
        interval.low
    });
    let start = if least.is_finite() {
        (least / step).ceil()
    } else {
        (interval.high / step).floor().min(1.0) - 200.0
    };
    (0..400_u32)
        .filter_map(|offset| Number::from_f64((start + f64::from(offset)) * step))
        .filter(fits)
        .nth(variant as usize)
}

fn within(interval: Interval, hints: &Hints<'_>, place: Place<'_>) -> Option<f64> {
    let Interval { low, high, .. } = interval;
    if low == high {
        return Some(low);
    }
    let (low, high) = if low <= USUAL.0 && high >= USUAL.1 {
        USUAL
    } else if low.is_finite() {
        (low, high.min(low + 100.0_f64.max(low.abs())))
    } else {
        (high - 100.0_f64.max(high.abs()), high)
    };
    let part = hints.chance(place.name, 0).below(9) + u64::from(place.variant);
    let exact = low + (high - low) * ((part % 9) as f64 + 1.0) / 10.0;
    // Short in writing if the interval has room for it.
    let rounded = [1.0, 10.0, 100.0, 1000.0].map(|grain| (exact * grain).round() / grain);
    rounded
        .into_iter()
        .skip(usize::from(high - low < 100.0))
        .chain([exact, low, high])
        .find(|value| interval.holds(*value))
}
