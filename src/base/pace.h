/* How long work will still take, said only where its pace allows it: the pace of the last third must
 * agree with that of the whole. */
#ifndef FPLI_PACE_H
#define FPLI_PACE_H

#include <stdint.h>

enum { FPLI_PACE_POINTS = 32 };

/* All zero: nothing was noted yet. */
typedef struct fpli_pace {
    struct {
        int64_t ms;
        double done;
    } points[FPLI_PACE_POINTS]; /* the first, then others some time apart */
    int n;
    int64_t apart_ms;
} fpli_pace;

/* Note the share done at a time. A share below the one before begins anew. */
void fpli_pace_note(fpli_pace *pace, int64_t ms, double done);

/* Milliseconds still to go, the longer of the two estimates; -1: nobody can say. */
int64_t fpli_pace_remaining_ms(const fpli_pace *pace, int64_t ms, double done);

#endif
