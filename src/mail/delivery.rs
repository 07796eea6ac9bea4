//! One round of the post: everything that is due is claimed, worded and carried, one letter after the other.

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDateTime;

use super::carrier::{Carrier, Trouble};
use super::gateway::Gateway;
use super::wording::{House, message, text};
use crate::app::letter::Claimed;
use crate::app::{AppError, letter};
use crate::config::Config;
use crate::store::Store;

/// How long a mail server may take for each of its answers.
const PATIENCE: Duration = Duration::from_secs(20);

/// What carries letters out of one database.
pub struct Post {
    pub store: Arc<Store>,
    pub carrier: Carrier,
    /// Where text messages go, if anywhere.
    pub texts: Option<Gateway>,
    pub house: House,
}

/// What became of a round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    pub sent: usize,
    /// These stay and are tried again, or have failed for good.
    pub not_sent: usize,
}

impl Post {
    /// The post of the settings; none where no mail is configured, and then letters wait.
    pub fn of(store: Arc<Store>, config: &Config) -> Result<Option<Post>, String> {
        let texts = config.text_url.as_deref().map(|address| {
            let secret = config.text_secret.as_deref().unwrap_or_default();
            Gateway::of(address, secret, &config.text_body, PATIENCE)
        });
        let texts = texts.transpose()?;
        let Some(setting) = &config.mail else {
            return match texts {
                Some(_) => {
                    Err("text_url needs mail: text messages go out beside letters".to_owned())
                }
                None => Ok(None),
            };
        };
        Ok(Some(Post {
            store,
            texts,
            carrier: Carrier::of(setting, PATIENCE)?,
            house: House {
                sender: config.sender.clone(),
                base: config.base.clone(),
            },
        }))
    }

    /// Carries one piece by the way it goes.
    fn carry(&self, claimed: &Claimed) -> Result<(), Trouble> {
        let id = &claimed.letter.id;
        if claimed.letter.channel == "text" {
            let off = || Trouble {
                why: "no gateway of text messages is configured".to_owned(),
                is_final: false,
            };
            let gateway = self.texts.as_ref().ok_or_else(off)?;
            return gateway.carry(id, &claimed.letter.address, &text(claimed, &self.house));
        }
        let message = message(claimed, &self.house).map_err(|why| Trouble {
            why,
            is_final: true,
        })?;
        self.carrier.carry(id, &message)
    }

    /// Sends what is due until nothing is, or until it is told to stop.
    pub fn deliver(
        &self,
        now: &dyn Fn() -> NaiveDateTime,
        is_over: &dyn Fn() -> bool,
    ) -> Result<Round, AppError> {
        let mut round = Round::default();
        while !is_over() {
            let claimed = letter::claim(&self.store, now(), &self.house.base)?;
            let Some(claimed) = claimed else { break };
            match self.carry(&claimed) {
                Ok(()) => {
                    letter::set_sent(&self.store, now(), &claimed.letter)?;
                    round.sent += 1;
                }
                Err(trouble) => {
                    letter::set_not_sent(
                        &self.store,
                        now(),
                        &claimed.letter,
                        &trouble.why,
                        trouble.is_final,
                    )?;
                    round.not_sent += 1;
                }
            }
        }
        Ok(round)
    }
}
