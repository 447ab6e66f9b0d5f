/* Follow each number until something known comes, then label the way back. */
#include "engine/orbits.h"

#include "base/mem.h"

#include <string.h>

#define ON_THE_WAY UINT32_MAX

fpl_status fpli_orbits_new(fpli_orbits *orbits, uint32_t n)
{
    *orbits = (fpli_orbits){.n = n};
    orbits->next = fpli_new(n, sizeof *orbits->next);
    orbits->slot = fpli_new(n, sizeof *orbits->slot);
    return orbits->next == NULL || orbits->slot == NULL ? FPL_E_MEMORY : FPL_OK;
}

void fpli_orbits_clear(fpli_orbits *orbits)
{
    fpli_free(orbits->next);
    fpli_free(orbits->slot);
    fpli_free(orbits->counts);
    fpli_free(orbits->first_slot);
    fpli_free(orbits->longest);
    fpli_free(orbits->cycle_first);
    fpli_free(orbits->cycle_length);
    fpli_free(orbits->member);
    memset(orbits, 0, sizeof *orbits);
}

uint64_t fpli_orbits_need(uint64_t n)
{
    /* next and slot; and no number is both on the way, in a cycle and deep in a basin */
    return n * (2 * sizeof(uint32_t) + 2 * sizeof(uint64_t));
}

static bool grow_labels(fpli_orbits *g)
{
    const size_t n = g->n_labels;
    return fpli_grow((void **)&g->cycle_first, n, &g->label_capacity[0],
                     sizeof *g->cycle_first) &&
           fpli_grow((void **)&g->cycle_length, n, &g->label_capacity[1],
                     sizeof *g->cycle_length) &&
           fpli_grow((void **)&g->member, n, &g->label_capacity[2], sizeof *g->member) &&
           fpli_grow((void **)&g->longest, n, &g->label_capacity[3], sizeof *g->longest);
}

/* A cycle through x: one label a member. */
static bool label_cycle(fpli_orbits *g, uint32_t x)
{
    const uint32_t first = g->n_labels;
    uint32_t at = x;
    do {
        if (!grow_labels(g)) return false;
        const uint32_t next = g->next[at];
        g->cycle_first[g->n_labels] = first;
        g->member[g->n_labels] = at;
        g->longest[g->n_labels] = 0;
        g->slot[at] = ++g->n_labels;
        g->next[at] = 0;
        at = next;
    } while (at != x);
    for (uint32_t l = first; l < g->n_labels; l++)
        g->cycle_length[l] = g->n_labels - first;
    return true;
}

/* x goes to a number whose label and steps are known: one step and one place before it. */
static void label_before(fpli_orbits *g, uint32_t x, uint32_t to)
{
    const uint32_t label = g->slot[to] - 1, first = g->cycle_first[label];
    const uint32_t place = label - first;
    const uint32_t own = first + (place == 0 ? g->cycle_length[label] : place) - 1;
    const uint32_t steps = g->next[to] + 1;
    g->slot[x] = own + 1;
    g->next[x] = steps;
    if (steps > g->longest[own]) g->longest[own] = steps;
}

typedef struct path {
    uint32_t *items;
    size_t n, capacity;
} path;

/* Follow x to something with a label; false: no memory. */
static bool follow(fpli_orbits *g, path *way, uint32_t x)
{
    uint32_t at = x;
    way->n = 0;
    while (g->slot[at] == 0) {
        if (!fpli_grow((void **)&way->items, way->n, &way->capacity, sizeof *way->items))
            return false;
        g->slot[at] = ON_THE_WAY;
        way->items[way->n++] = at;
        at = g->next[at];
    }
    if (g->slot[at] == ON_THE_WAY) {
        if (!label_cycle(g, at)) return false;
        while (way->items[way->n - 1] != at) way->n--;
        way->n--;
    }
    while (way->n > 0) {
        const uint32_t before = way->items[--way->n];
        label_before(g, before, at);
        at = before;
    }
    return true;
}

/* From labels to slots. */
static fpl_status make_slots(fpli_orbits *g)
{
    g->first_slot = fpli_new((size_t)g->n_labels + 1, sizeof *g->first_slot);
    if (g->first_slot == NULL) return FPL_E_MEMORY;
    for (uint32_t l = 0; l < g->n_labels; l++)
        g->first_slot[l + 1] = g->first_slot[l] + g->longest[l] + 1;
    g->counts = fpli_new((size_t)g->first_slot[g->n_labels], sizeof *g->counts);
    if (g->counts == NULL) return FPL_E_MEMORY;
    for (uint32_t x = 0; x < g->n; x++)
        g->slot[x] = (uint32_t)(g->first_slot[g->slot[x] - 1] + g->next[x]);
    return FPL_OK;
}

fpl_status fpli_orbits_settle(fpli_orbits *orbits)
{
    path way = {0};
    bool good = true;
    for (uint32_t x = 0; x < orbits->n && good; x++)
        if (orbits->slot[x] == 0) good = follow(orbits, &way, x);
    fpli_free(way.items);
    return good ? make_slots(orbits) : FPL_E_MEMORY;
}

uint32_t fpli_orbits_after(const fpli_orbits *orbits, uint32_t label)
{
    const uint32_t first = orbits->cycle_first[label];
    return first + (label - first + 1) % orbits->cycle_length[label];
}

const uint64_t *fpli_orbits_counts(const fpli_orbits *orbits, uint32_t label, size_t *n)
{
    *n = (size_t)(orbits->first_slot[label + 1] - orbits->first_slot[label]);
    return orbits->counts + orbits->first_slot[label];
}
