/* Progress is one line that is written over, only on a terminal; nothing of it remains. */
#include "progress.h"

#include "translate.h"

#include <math.h>
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

/* "45 s", "12 min", "3 h": as fine as a guess deserves. */
static void put_duration(const char *format, int64_t ms)
{
    static const struct {
        double seconds, most;
        const char *sign;
    } units[] = {{1, 120, "s"}, {60, 120, "min"}, {3600, 48, "h"}, {86400, 1e15, "d"}};
    char text[64];
    int unit = 0;
    while ((double)ms / 1000 / units[unit].seconds > units[unit].most) unit++;
    snprintf(text, sizeof text, "%.0f %s", ceil((double)ms / 1000 / units[unit].seconds),
             units[unit].sign);
    fprintf(stderr, format, text);
}

static void put_share(const fpl_progress *progress)
{
    const double percent = 100 * progress->done;
    if (percent < 0) return;
    fprintf(stderr, progress->estimated ? tr("about %.*f %%  ") : "%.*f %%  ",
            percent < 10 ? 1 : 0, percent > 99 ? 99 : percent);
}

static void show(void *context, const fpl_progress *progress)
{
    (void)context;
    if (progress->elapsed_ms < PATIENCE_MS) return;
    fprintf(stderr, "\r\033[K");
    put_share(progress);
    fprintf(stderr, tr("%llu found  %.1f s"), (unsigned long long)progress->found,
            (double)progress->elapsed_ms / 1000);
    if (progress->remaining_ms >= 0)
        put_duration(tr("  about %s left"), progress->remaining_ms);
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
