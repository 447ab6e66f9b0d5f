/* From names to indices: a hash table of borrowed strings. */
#ifndef FPLI_NAMES_H
#define FPLI_NAMES_H

#include <fahrplan/status.h>

typedef struct fpli_names {
    const char **names; /* by slot, NULL if free */
    int *indices;
    size_t n_slots; /* a power of two, at least twice the number of names */
} fpli_names;

/* Room for n names. FPL_E_MEMORY. */
fpl_status fpli_names_new(fpli_names *names, size_t n);
void fpli_names_clear(fpli_names *names);

/* Enter a name; returns the index under which it already stands, or -1 if it is new. */
int fpli_names_add(fpli_names *names, const char *name, int index);

/* The index of a name, -1 if unknown. */
int fpli_names_find(const fpli_names *names, const char *name);

#endif
