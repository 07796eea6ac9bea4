//! A window of a real browser and the person before it: what they open, type, press and read.
//! Buttons and links are named by the key of their words, fields by their names.

use std::time::{Duration, Instant};

use mizan::web::words::{self, Language};
use serde_json::{Value, json};

use super::driver::Driver;
use crate::town::{PASSWORD, Port};

/// The member by which the protocol names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// How long somebody waits for a page to say something.
const PATIENCE: Duration = Duration::from_secs(10);

/// A window on the town's server.
pub struct Window<'p> {
    port: &'p Port,
    driver: Driver,
}

impl<'p> Window<'p> {
    /// A window in which scripts run.
    pub fn open(port: &'p Port) -> Window<'p> {
        Window {
            port,
            driver: Driver::start(true),
        }
    }

    /// A window of somebody whose browser runs no scripts.
    pub fn without_scripts(port: &'p Port) -> Window<'p> {
        Window {
            port,
            driver: Driver::start(false),
        }
    }

    /// Makes the window so wide, as on a desk or a phone.
    pub fn is_wide(&self, width: u32) -> &Window<'p> {
        self.is_high(width, if width < 600 { 844 } else { 900 })
    }

    /// Makes the screen dark, or light again, as its owner chooses.
    #[track_caller]
    pub fn is_dark(&self, is_dark: bool) -> &Window<'p> {
        let value = if is_dark { "dark" } else { "light" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": value },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.driver.inside(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        );
        let shows = "return document.documentElement.dataset.bsTheme === arguments[0]";
        self.waits(value, || self.run(shows, &json!([value])) == json!(true));
        self
    }

    fn is_high(&self, width: u32, height: u32) -> &Window<'p> {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1,
            "mobile": false });
        self.driver
            .inside("Emulation.setDeviceMetricsOverride", size);
        self
    }

    /// What is seen of the page from one of its parts on, down to its end or for so many screens, as base64.
    #[track_caller]
    pub fn picture(&self, width: u32, screens: u32, from: &str) -> String {
        let screen = if width < 600 { 844 } else { 900 };
        let whole = self.run("return document.documentElement.scrollHeight", &json!([]));
        let whole = whole.as_u64().and_then(|height| u32::try_from(height).ok());
        let height = whole.unwrap_or(screen).clamp(screen, screen * screens);
        self.is_high(width, height);
        let show = "document.querySelector(arguments[0]).scrollIntoView()";
        self.run(show, &json!([from]));
        self.run_later("document.fonts.ready.then(() => requestAnimationFrame(arguments[0]))");
        let drawn = self.driver.get("screenshot");
        drawn.as_str().expect("a picture").to_owned()
    }

    /// Goes to a page by its path.
    #[track_caller]
    pub fn go(&self, path: &str) -> &Window<'p> {
        let url = format!("http://{}{path}", self.port.address);
        self.driver.post("url", &json!({ "url": url }));
        self
    }

    /// The path of the page.
    #[track_caller]
    pub fn path(&self) -> String {
        let url = self.driver.get("url");
        let url = url.as_str().unwrap_or_default();
        let start = format!("http://{}", self.port.address);
        url.strip_prefix(&start).unwrap_or(url).to_owned()
    }

    /// Signs in by the form.
    #[track_caller]
    pub fn sign_in(&self, login: &str) -> &Window<'p> {
        self.go("/sign-in")
            .fill("username", login)
            .fill("password", PASSWORD);
        self.press("signin-submit");
        assert_ne!(self.path(), "/sign-in", "{login} comes in: {}", self.text());
        self
    }

    /// Signs out by the button.
    #[track_caller]
    pub fn sign_out(&self) -> &Window<'p> {
        self.press("shell-sign-out");
        self.is_at("/sign-in")
    }

    /// Types into a field, or chooses what it offers, instead of what was there.
    #[track_caller]
    pub fn fill(&self, name: &str, value: &str) -> &Window<'p> {
        let field = self.find(FIND_FIELD, &json!([name, value]), name);
        if self.run(IS_TYPED, &json!([element(&field)])) == json!(true) {
            self.driver
                .post(&format!("element/{field}/clear"), &json!({}));
            self.driver
                .post(&format!("element/{field}/value"), &json!({ "text": value }));
        } else {
            self.click(&field);
        }
        self
    }

    /// Presses the button or follows the link that says this, by the key of its words.
    #[track_caller]
    pub fn press(&self, word: &str) -> &Window<'p> {
        self.press_at("body", word)
    }

    /// Follows the link of the page that leads there.
    #[track_caller]
    pub fn follow(&self, path: &str) -> &Window<'p> {
        let link = self.find(FIND_LINK, &json!([path]), path);
        self.click(&link);
        self.is_at(path)
    }

    /// Presses within a part of the page.
    #[track_caller]
    pub fn press_at(&self, part: &str, word: &str) -> &Window<'p> {
        let text = words::text(Language::Fa, word);
        let button = self.find(FIND_BUTTON, &json!([part, text]), &text);
        self.click(&button);
        self
    }

    /// Clicks; what leads away is waited for until the next page is whole.
    #[track_caller]
    fn click(&self, id: &str) {
        let leads_away = self.run(BRING_INTO_VIEW, &json!([element(id)])) == json!(true);
        self.driver.post(&format!("element/{id}/click"), &json!({}));
        if leads_away {
            self.waits("next page", || self.run(IS_NEW, &json!([])) == json!(true));
        }
    }

    #[track_caller]
    fn waits(&self, what: &str, is_so: impl Fn() -> bool) {
        let began = Instant::now();
        while !is_so() {
            assert!(began.elapsed() < PATIENCE, "no {what} on {}", self.text());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// What the page answers to a question; waited for, where it is still to come.
    #[track_caller]
    pub fn waits_for(&self, script: &str, answer: &Value) -> &Window<'p> {
        self.waits(script, || self.run(script, &json!([])) == *answer);
        self
    }

    /// The page somebody has come to; waited for, where it is still on its way.
    #[track_caller]
    pub fn is_at(&self, path: &str) -> &Window<'p> {
        self.waits(path, || self.path() == path);
        self
    }

    /// Presses keys where the focus is, as on a keyboard; `Key` has those without a letter.
    #[track_caller]
    pub fn keys(&self, text: &str) -> &Window<'p> {
        let mut actions = Vec::new();
        for key in text.chars() {
            actions.push(json!({ "type": "keyDown", "value": key.to_string() }));
            actions.push(json!({ "type": "keyUp", "value": key.to_string() }));
        }
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": actions });
        self.driver
            .post("actions", &json!({ "actions": [keyboard] }));
        self
    }

    /// Goes on with the tabulator until a field or a button has the focus.
    #[track_caller]
    pub fn tab_to(&self, part: &str) -> &Window<'p> {
        for _ in 0..120 {
            if self.run(
                "return document.activeElement.matches(arguments[0])",
                &json!([part]),
            ) == json!(true)
            {
                return self;
            }
            self.keys(key::TAB);
        }
        panic!("no way by the keyboard to {part} on {}", self.text());
    }

    /// What the page says; waited for, where it is still being said.
    #[track_caller]
    pub fn says(&self, text: &str) -> &Window<'p> {
        self.waits(text, || self.text().contains(text));
        self
    }

    /// What the page says, by the key of a sentence.
    #[track_caller]
    pub fn says_word(&self, word: &str) -> &Window<'p> {
        self.says(&words::text(Language::Fa, word))
    }

    /// The words somebody sees.
    #[track_caller]
    pub fn text(&self) -> String {
        let text = self.run("return document.body.innerText", &json!([]));
        format!("{}\n{}", self.path(), text.as_str().unwrap_or_default())
    }

    /// Asks the page itself.
    #[track_caller]
    pub fn run(&self, script: &str, arguments: &Value) -> Value {
        self.driver.post(
            "execute/sync",
            &json!({ "script": script, "args": arguments }),
        )
    }

    /// Asks the page something it answers later, to its last argument.
    #[track_caller]
    pub fn run_later(&self, script: &str) -> Value {
        self.driver
            .post("execute/async", &json!({ "script": script, "args": [] }))
    }

    /// Presses what stays on its page.
    #[track_caller]
    pub fn tap(&self, word: &str) -> &Window<'p> {
        let text = words::text(Language::Fa, word);
        let button = self.find(FIND_BUTTON, &json!(["body", text]), &text);
        self.run(BRING_INTO_VIEW, &json!([element(&button)]));
        self.driver
            .post(&format!("element/{button}/click"), &json!({}));
        self
    }

    /// Brings a file to the field of an id, as somebody who takes a photograph.
    #[track_caller]
    pub fn attach(&self, id: &str, path: &std::path::Path) -> &Window<'p> {
        let script = "return document.getElementById(arguments[0])";
        let field = self.find(script, &json!([id]), id);
        let text = path.to_str().expect("a plain path");
        self.driver
            .post(&format!("element/{field}/value"), &json!({ "text": text }));
        self
    }

    /// Opens another tab of the same browser and goes on in it.
    #[track_caller]
    pub fn new_tab(&self) -> String {
        let before = self.driver.get("window");
        let made = self.driver.post("window/new", &json!({ "type": "tab" }));
        self.driver
            .post("window", &json!({ "handle": made["handle"] }));
        before.as_str().unwrap_or_default().to_owned()
    }

    /// Goes on in a tab that was open before.
    #[track_caller]
    pub fn to_tab(&self, tab: &str) -> &Window<'p> {
        self.driver.post("window", &json!({ "handle": tab }));
        self
    }

    /// The line to the server is cut, or back.
    pub fn is_offline(&self, is_cut: bool) -> &Window<'p> {
        self.driver.inside("Network.enable", json!({}));
        let line = json!({ "offline": is_cut, "latency": 0, "downloadThroughput": -1,
            "uploadThroughput": -1 });
        self.driver.inside("Network.emulateNetworkConditions", line);
        self
    }

    /// The browser complained of this alone since it was last asked.
    #[track_caller]
    pub fn complained_of(&self, what: &str) -> &Window<'p> {
        let said = self.driver.post("se/log", &json!({ "type": "browser" }));
        for line in said.as_array().into_iter().flatten() {
            let message = line["message"].as_str().unwrap_or_default();
            assert!(message.contains(what), "{}: {message}", self.path());
        }
        self
    }

    /// The browser had nothing to complain about since it was last asked.
    #[track_caller]
    pub fn is_quiet(&self) -> &Window<'p> {
        let said = self.driver.post("se/log", &json!({ "type": "browser" }));
        let said = said.as_array().into_iter().flatten();
        // What it only advises its developers is no complaint.
        let said = said.filter(|line| line["level"] != "DEBUG");
        let said: Vec<_> = said.map(|line| &line["message"]).collect();
        assert!(said.is_empty(), "{}: {said:#?}", self.path());
        self
    }

    #[track_caller]
    fn find(&self, script: &str, arguments: &Value, name: &str) -> String {
        let found = self.run(script, arguments);
        let id = found[ELEMENT].as_str();
        id.unwrap_or_else(|| panic!("no {name} on {}", self.text()))
            .to_owned()
    }
}

fn element(id: &str) -> Value {
    json!({ ELEMENT: id })
}

/// Keys that write no letter.
pub mod key {
    pub const TAB: &str = "\u{e004}";
    pub const ENTER: &str = "\u{e007}";
    pub const SPACE: &str = " ";
}

/// Says whether what is brought into view leads to another page, and marks this one.
const BRING_INTO_VIEW: &str = "
arguments[0].scrollIntoView({ block: 'center' });
document.isOld = true;
return arguments[0].matches('a[href]:not([href^=\"#\"]), button');";

const IS_NEW: &str = "return !document.isOld && document.readyState === 'complete'";

const IS_TYPED: &str =
    "return arguments[0].matches('textarea, input:not([type=radio]):not([type=checkbox])')";

/// The control of a name; of several and of a list, the choice of the value.
const FIND_FIELD: &str = "
const [name, value] = arguments;
const all = [...document.getElementsByName(name)];
const list = all.find((one) => one.matches('select'));
if (list) return [...list.options].find((one) => one.value === value);
if (all[0]?.matches('[type=radio], [type=checkbox]')) return all.find((one) => one.value === value);
return all.find((one) => one.type !== 'hidden');";

/// The visible link to a page.
const FIND_LINK: &str = "
const all = [...document.querySelectorAll('a[href]')].filter((one) => one.checkVisibility());
return all.find((one) => one.getAttribute('href') === arguments[0]);";

/// The visible button or link of a part that says a text; whole words before parts of them.
const FIND_BUTTON: &str = "
const [part, text] = arguments;
const all = [...document.querySelectorAll(`:is(${part}) :is(button, a, summary)`)]
  .filter((one) => one.checkVisibility());
const said = (one) => one.innerText.replace(/\\s+/g, ' ').trim();
return all.find((one) => said(one) === text) ?? all.find((one) => said(one).includes(text));";
