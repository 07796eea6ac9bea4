//! The real server on a real port, for bytes that no browser would send.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::rt::System;
use actix_web::web::Data;
use mizan::web::{self, State};

/// A server that stops when the test ends, or in the midst of it.
pub struct Port {
    pub address: SocketAddr,
    state: Data<State>,
    running: Mutex<Option<Running>>,
}

struct Running {
    handle: ServerHandle,
    thread: JoinHandle<()>,
}

impl Running {
    fn at(state: Data<State>, door: TcpListener) -> Running {
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            System::new().block_on(async move {
                let server = web::server(state, door).expect("a server");
                tell.send(server.handle()).expect("somebody waits");
                server.await.expect("it runs until it is told to stop");
            });
        });
        Running {
            handle: told.recv().expect("a handle"),
            thread,
        }
    }
}

impl Port {
    /// The server of a state.
    pub fn open(state: Data<State>) -> Port {
        let door = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = door.local_addr().expect("its number");
        let running = Running::at(state.clone(), door);
        Port {
            address,
            state,
            running: Mutex::new(Some(running)),
        }
    }

    /// The server is gone: nobody answers at its door.
    pub fn stop(&self) {
        let running = self.running.lock().map(|mut running| running.take());
        if let Ok(Some(running)) = running {
            let stopping = running.handle.stop(false);
            System::new().block_on(stopping);
            let _ = running.thread.join();
        }
    }

    /// The server is back at the same door.
    pub fn start(&self) {
        let door = TcpListener::bind(self.address).expect("its own port");
        let running = Running::at(self.state.clone(), door);
        *self.running.lock().expect("nobody failed") = Some(running);
    }

    /// Sends bytes as they are and gives what comes back until the server closes or is silent.
    pub fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).expect("the server listens");
        let patience = Some(Duration::from_secs(5));
        stream.set_read_timeout(patience).expect("a patience");
        // The server may answer and close before all was sent; then the answer counts.
        let _ = stream.write_all(bytes);
        let mut came = Vec::new();
        let mut part = [0; 4096];
        while let Ok(count @ 1..) = stream.read(&mut part) {
            came.extend_from_slice(&part[..count]);
        }
        String::from_utf8_lossy(&came).into_owned()
    }

    /// The status of a raw answer; 0 where nothing came.
    pub fn status(&self, bytes: &[u8]) -> u16 {
        let came = self.raw(bytes);
        let word = came.split(' ').nth(1).unwrap_or_default();
        word.parse().unwrap_or(0)
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        self.stop();
    }
}
