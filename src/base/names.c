/* Open addressing with linear probing; the hash is FNV-1a. */
#include "base/names.h"

#include "base/mem.h"

#include <string.h>

fpl_status fpli_names_new(fpli_names *names, size_t n)
{
    size_t n_slots = 16;
    while (n_slots < 2 * n) n_slots *= 2;
    names->names = fpli_new(n_slots, sizeof *names->names);
    names->indices = fpli_new(n_slots, sizeof *names->indices);
    names->n_slots = n_slots;
    if (names->names != NULL && names->indices != NULL) return FPL_OK;
    fpli_names_clear(names);
    return FPL_E_MEMORY;
}

void fpli_names_clear(fpli_names *names)
{
    fpli_free(names->names);
    fpli_free(names->indices);
    memset(names, 0, sizeof *names);
}

static size_t slot_of(const fpli_names *names, const char *name)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (const char *c = name; *c != '\0'; c++)
        hash = (hash ^ (unsigned char)*c) * 0x100000001b3u;
    size_t slot = (hash ^ hash >> 32) & (names->n_slots - 1);
    while (names->names[slot] != NULL && strcmp(names->names[slot], name) != 0)
        slot = (slot + 1) & (names->n_slots - 1);
    return slot;
}

int fpli_names_add(fpli_names *names, const char *name, int index)
{
    size_t slot = slot_of(names, name);
    if (names->names[slot] != NULL) return names->indices[slot];
    names->names[slot] = name;
    names->indices[slot] = index;
    return -1;
}

int fpli_names_find(const fpli_names *names, const char *name)
{
    if (names->n_slots == 0) return -1;
    size_t slot = slot_of(names, name);
    return names->names[slot] == NULL ? -1 : names->indices[slot];
}
