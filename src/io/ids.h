/* Ids for things that other programs know by name only. */
#ifndef FPLI_IDS_H
#define FPLI_IDS_H

#include "base/mem.h"

/* Whether a name can be an id as it stands. */
bool fpli_name_is_id(const char *name);

/* The id that a name becomes: itself if it can be one, else with '_' for what an id may
 * not hold
 * ("A. Government" gives "A_Government"); "" if nothing is left. In the arena; NULL if
 * there is no memory. */
const char *fpli_id_of_name(fpli_arena *arena, const char *name);

/* An id for the number-th of its kind (from 1) that is not among the n given: from the
 * first of two names that can be an id as it stands, else from the first that gives one,
 * else letter and number
 * ("D7"); with "_2", "_3", .. if it is taken. Names may be empty. NULL if there is no
 * memory. */
const char *fpli_id_make(fpli_arena *arena, const char *first, const char *second,
                         char letter, int number, const char *const *taken, int n);

#endif
