//! The command line.

use crate::check::Direction;

/// What to feed, and for how long.
pub(crate) struct Arguments {
    pub(crate) family: Option<String>,
    pub(crate) direction: Option<Direction>,
    pub(crate) seconds: u64,
    pub(crate) seed: u64,
}

impl Arguments {
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut parsed = Self {
            family: None,
            direction: None,
            seconds: 60,
            seed: 0,
        };
        while let Some(name) = arguments.next() {
            let value = arguments
                .next()
                .ok_or_else(|| format!("{name} needs a value"))?;
            match name.as_str() {
                "--family" => parsed.family = Some(value),
                "--direction" => parsed.direction = Some(Direction::parse(&value)?),
                "--seconds" => parsed.seconds = number(&name, &value)?,
                "--seed" => parsed.seed = number(&name, &value)?,
                _ => {
                    return Err(format!(
                        "{name} is unknown; there are --family, --direction, --seconds and --seed"
                    ));
                }
            }
        }
        Ok(parsed)
    }
}

fn number(name: &str, value: &str) -> Result<u64, String> {
    value
        .parse()
        .map_err(|_| format!("{name} needs a whole number, not {value}"))
}
