/* Progress on stderr, and Ctrl-C. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <fahrplan/limits.h>

/* The flag that the first Ctrl-C sets; the second ends the program. */
const volatile int *interrupt_flag(void);
void interrupt_setup(void);

/* Shows progress if stderr is a terminal and the work takes longer than half a second. */
void progress_setup(fpl_limits *limits);
void progress_clear(void);

#endif
