#pragma once

/// Ctrl-C, and the signals by which schedulers, terminals and the system end a program: SIGINT, SIGTERM, SIGHUP,
/// SIGQUIT, SIGXCPU, SIGUSR1, SIGUSR2, SIGALRM. Whatever the moment, no temporary file is left.
namespace interregnum::cli {

/// To be called once, as the program begins. From now on a signal removes the temporary files and ends the program with
/// its exit code, 128 + its number. An ignored signal stays ignored (nohup), but for SIGINT. A closed pipe and the
/// limit on the size of files become errors of writing.
void handle_signals();

/// From now on the first signal makes `interrupted` true, so that what is done can be kept. A second Ctrl-C ends the
/// program at once, another second signal only if it comes more than a second later: terminals and schedulers send two.
void catch_interrupts();
bool interrupted();
/// The command has stopped what it was asked to stop, and goes on to keep what is done: `interrupted` is false until
/// the next signal, which again is a first one. The exit code remains that of the signal.
void answer_interrupt();
/// From now on a signal ends the program at once.
void let_interrupts_through();

/// 128 + the signal's number, as shells say it: 130 for Ctrl-C, 143 for SIGTERM, 129 for SIGHUP.
int exit_interrupted();

}  // namespace interregnum::cli
