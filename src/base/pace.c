/* Points are noted some time apart; when there is no room, every second one goes and the time doubles. */
#include "base/pace.h"

#include <math.h>

enum { FIRST_APART_MS = 250, PATIENCE_MS = 2000 };
static const double LEAST_DONE = 0.005; /* of the whole, before anything is said */
static const double AGREE = 2.0;        /* estimates that differ by more say nothing */
static const double FAR_OFF_MS = 1e15;

void fpli_pace_note(fpli_pace *pace, int64_t ms, double done)
{
    if (done < 0) return;
    if (pace->n > 0 && done < pace->points[pace->n - 1].done) pace->n = 0;
    if (pace->n == 0) pace->apart_ms = FIRST_APART_MS;
    if (pace->n > 0 && ms - pace->points[pace->n - 1].ms < pace->apart_ms) return;
    if (pace->n == FPLI_PACE_POINTS) {
        for (int i = 1; 2 * i < FPLI_PACE_POINTS; i++)
            pace->points[i] = pace->points[2 * i];
        pace->n = FPLI_PACE_POINTS / 2;
        pace->apart_ms *= 2;
    }
    pace->points[pace->n].ms = ms;
    pace->points[pace->n++].done = done;
}

/* From the pace since a point; infinite if nothing moved. */
static double since(const fpli_pace *pace, int point, int64_t ms, double done)
{
    const double gained = done - pace->points[point].done;
    if (gained <= 0) return INFINITY;
    return (1 - done) * (double)(ms - pace->points[point].ms) / gained;
}

int64_t fpli_pace_remaining_ms(const fpli_pace *pace, int64_t ms, double done)
{
    if (pace->n < 4 || done < 0) return -1;
    const int64_t elapsed = ms - pace->points[0].ms;
    if (elapsed < PATIENCE_MS || done - pace->points[0].done < LEAST_DONE) return -1;
    int third = pace->n - 1;
    while (third > 1 && ms - pace->points[third].ms < elapsed / 3) third--;
    const double whole = since(pace, 0, ms, done), late = since(pace, third, ms, done);
    const double least = fmin(whole, late), most = fmax(whole, late);
    if (most > FAR_OFF_MS || most > AGREE * least) return -1;
    return (int64_t)most;
}
