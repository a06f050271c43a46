//! What a task is about to do at a scheduling point, and what that may come to.

use crate::numbered::numbered;

numbered! {
    /// What a task is about to do at a scheduling point.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    #[repr(u32)]
    pub enum Op {
        /// Begins to run.
        Begin = 1,
        /// Starts a child.
        Start,
        /// Exits.
        Exit,
        /// Waits for a child.
        Join,
        /// Asks whether a child is alive.
        IsAlive,
        /// Sends a signal.
        Signal,
        /// Takes an object, waiting if need be.
        Acquire,
        /// Takes an object if it is free.
        TryAcquire,
        /// Gives an object back.
        Release,
        /// Reads a shared cell.
        Read,
        /// Writes a shared cell.
        Write,
        /// Sleeps.
        Sleep,
        /// Lets others go first.
        Yield,
        /// Reads the clock.
        Clock,
        /// Prints.
        Print,
        /// Enters or leaves a marked section.
        Section,
        /// Takes a message or waits for a sign, waiting if need be.
        Receive,
        /// Takes a message if there is one.
        TryReceive,
        /// Gives a message, waiting for room if need be.
        Send,
        /// Gives a message if there is room.
        TrySend,
        /// Gives a sign: sets, clears, notifies, lets go.
        Sign,
        /// Looks at an object without changing it.
        Look,
        /// Opens a file.
        FileOpen,
        /// Reads a file from its beginning.
        FileRead,
        /// Reads on in a file: never a question that is asked again.
        FileMore,
        /// Reads at the end of a file.
        FileEnd,
        /// Asks for a file.
        FileLook,
        /// Changes a file.
        FileChange,
        /// Reads and writes a shared cell in one step.
        Update,
    }
}

impl Op {
    /// Whether this asks for something and does not wait for it.
    #[must_use]
    pub fn asks_at_once(self) -> bool {
        matches!(
            self,
            Self::TryAcquire | Self::TryReceive | Self::TrySend | Self::IsAlive | Self::Look
        )
    }

    /// Whether it may find that there is nothing to do yet.
    #[must_use]
    pub fn may_say_not_yet(self) -> bool {
        !matches!(
            self,
            Self::Begin
                | Self::Start
                | Self::Exit
                | Self::Signal
                | Self::Release
                | Self::Write
                | Self::Sleep
                | Self::Print
                | Self::Section
                | Self::Sign
                | Self::FileMore
        )
    }
}
