/* Progress is one line that is written over, only on a terminal; nothing of it remains. */
#include "progress.h"

#include "translate.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PATIENCE_MS = 500 };

static volatile int cancelled;
static bool shown;

static void on_interrupt(int signal_number)
{
    cancelled = 1;
    signal(signal_number, SIG_DFL); /* the second one ends the program */
}

void interrupt_setup(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_interrupt;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
}

const volatile int *interrupt_flag(void)
{
    return &cancelled;
}

static void show(void *context, const fpl_progress *progress)
{
    (void)context;
    if (progress->elapsed_ms < PATIENCE_MS) return;
    fprintf(stderr, "\r\033[K");
    if (progress->done >= 0) fprintf(stderr, "%3.0f %%  ", 100 * progress->done);
    fprintf(stderr, tr("%llu found  %.1f s"), (unsigned long long)progress->found,
            (double)progress->elapsed_ms / 1000);
    shown = true;
}

void progress_setup(fpl_limits *limits)
{
    if (isatty(STDERR_FILENO)) limits->progress = show;
}

void progress_clear(void)
{
    if (shown) fprintf(stderr, "\r\033[K");
    shown = false;
}
