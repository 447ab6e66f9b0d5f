/* Transitions: change, settle, see where it ends. */
#include <fahrplan/landscape.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/status.h"
#include "engine/pool.h"

#include <string.h>

enum { TRANSITIONS_USUAL = 100000 };

struct fpl_landscape {
    size_t n; /* descriptors */
    size_t n_scenarios;
    fpli_arena *arena;
    fpl_place *places;
    size_t n_places, place_capacity;
    fpl_transition *transitions;
    size_t n_transitions, transition_capacity;
    size_t *first; /* by scenario: its first transition; one more */
    fpl_stop stop;
};

/* The work on one landscape. */
typedef struct survey {
    fpl_landscape *map;
    const fpl_model *model;
    const fpl_dynamics *dynamics;
    int max_changes;
    bool hold;
    uint64_t most;
    fpli_pool pool; /* first members of places; places do not share members */
    fpli_watch watch;
    const uint16_t *from;
    size_t from_place;
    uint16_t *z;
    fpl_fixing changes[FPL_CHANGES_MAX];
    fpl_error *error;
} survey;

/* ---- places ------------------------------------------------------------------------------- */

/* Listing order: the last descriptor decides first. */
static bool is_before(const uint16_t *a, const uint16_t *b, size_t n)
{
    for (size_t d = n; d-- > 0;)
        if (a[d] != b[d]) return a[d] < b[d];
    return false;
}

/* The number of the place that has these members, in the order visited. */
static fpl_status find_place(survey *s, const uint16_t *visited, size_t length,
                             size_t *place)
{
    const size_t n = s->map->n;
    size_t lowest = 0;
    uint32_t number = 0;
    bool is_new = false;
    for (size_t i = 1; i < length; i++)
        if (is_before(visited + i * n, visited + lowest * n, n)) lowest = i;
    fpl_status status = fpli_pool_add(&s->pool, visited + lowest * n, &number, &is_new);
    *place = number;
    if (status != FPL_OK || !is_new) return status;
    uint16_t *members = fpli_arena_alloc(s->map->arena, length * n, sizeof *members);
    if (members == NULL || !fpli_grow((void **)&s->map->places, s->map->n_places,
                                      &s->map->place_capacity, sizeof *s->map->places))
        return FPL_E_MEMORY;
    for (size_t i = 0; i < length; i++)
        memcpy(members + i * n, visited + (lowest + i) % length * n, n * sizeof *members);
    s->map->places[s->map->n_places++] = (fpl_place){members, length};
    return FPL_OK;
}

static fpl_status add_scenarios(survey *s, const fpl_scenarios *scenarios)
{
    fpl_status status = FPL_OK;
    size_t place = 0;
    for (size_t i = 0; i < fpl_scenarios_n(scenarios) && status == FPL_OK; i++)
        status = find_place(s, fpl_scenarios_get(scenarios, i), 1, &place);
    return status;
}

/* ---- transitions -------------------------------------------------------------------------- */

static bool holds_smaller(const survey *s, const fpl_transition *t, int n)
{
    for (int i = 0; i < t->n_changes; i++) {
        bool found = false;
        for (int k = 0; k < n; k++)
            found = found || (s->changes[k].descriptor == t->changes[i].descriptor &&
                              s->changes[k].variant == t->changes[i].variant);
        if (!found) return false;
    }
    return true;
}

/* Whether a part of the change leads to the same place already. */
static bool is_known(const survey *s, size_t to, int n)
{
    const fpl_landscape *map = s->map;
    for (size_t t = map->first[s->from_place]; t < map->n_transitions; t++)
        if (map->transitions[t].to == to && map->transitions[t].n_changes < n &&
            holds_smaller(s, &map->transitions[t], n))
            return true;
    return false;
}

static fpl_status try_change(survey *s, int n)
{
    fpl_landscape *map = s->map;
    fpl_attractor attractor = {0};
    size_t to = 0;
    map->stop = map->n_transitions >= s->most ? FPL_STOPPED_CAP
                                              : fpli_watch_look(&s->watch);
    if (map->stop != FPL_COMPLETE) return FPL_OK;
    fpl_status status = fpl_settle(s->model, s->dynamics, s->changes, s->hold ? n : 0,
                                   s->z, &attractor, s->error);
    if (status != FPL_OK) return status;
    status = attractor.length == 0
                 ? FPL_OK
                 : find_place(s, attractor.members, attractor.length, &to);
    const bool leads_on = attractor.length > 0 && to != s->from_place;
    fpl_attractor_clear(&attractor);
    if (status != FPL_OK || !leads_on || is_known(s, to, n)) return status;
    if (!fpli_grow((void **)&map->transitions, map->n_transitions,
                   &map->transition_capacity, sizeof *map->transitions))
        return FPL_E_MEMORY;
    fpl_transition *t = &map->transitions[map->n_transitions++];
    *t = (fpl_transition){.from = s->from_place, .to = to, .n_changes = n};
    memcpy(t->changes, s->changes, (size_t)n * sizeof *t->changes);
    return FPL_OK;
}

/* All changes of n descriptors, of which `done` are chosen, the next from `least` on. */
static fpl_status try_changes(survey *s, int done, int n, int least)
{
    fpl_status status = FPL_OK;
    if (done == n) return try_change(s, n);
    for (int d = least; d < (int)s->map->n && status == FPL_OK; d++)
        for (int v = 0; v < fpl_model_n_variants(s->model, d); v++) {
            if (v == s->from[d]) continue;
            s->changes[done] = (fpl_fixing){(uint16_t)d, (uint16_t)v};
            s->z[d] = (uint16_t)v;
            status = try_changes(s, done + 1, n, d + 1);
            s->z[d] = s->from[d];
            if (status != FPL_OK || s->map->stop != FPL_COMPLETE) return status;
        }
    return status;
}

static fpl_status explore(survey *s)
{
    fpl_landscape *map = s->map;
    fpl_status status = FPL_OK;
    for (size_t i = 0; i < map->n_scenarios && status == FPL_OK; i++) {
        map->first[i] = map->n_transitions;
        s->from_place = i;
        s->from = map->places[i].members;
        memcpy(s->z, s->from, map->n * sizeof *s->z);
        fpli_watch_tell(&s->watch, (double)i / (double)map->n_scenarios,
                        map->n_transitions, i);
        for (int n = 1; n <= s->max_changes && status == FPL_OK; n++)
            if (map->stop == FPL_COMPLETE) status = try_changes(s, 0, n, 0);
    }
    map->first[map->n_scenarios] = map->n_transitions;
    return status;
}

static fpl_status survey_start(survey *s, const fpl_scenarios *scenarios)
{
    fpl_landscape *map = s->map;
    map->n = (size_t)fpl_model_n_descriptors(s->model);
    map->n_scenarios = fpl_scenarios_n(scenarios);
    map->arena = fpli_arena_new();
    map->first = fpli_new(map->n_scenarios + 1, sizeof *map->first);
    s->z = fpli_new(map->n, sizeof *s->z);
    if (map->arena == NULL || map->first == NULL || s->z == NULL) return FPL_E_MEMORY;
    const fpl_status status = fpli_pool_new(&s->pool, map->n);
    return status == FPL_OK ? add_scenarios(s, scenarios) : status;
}

fpl_status fpl_landscape_compute(const fpl_model *model, const fpl_scenarios *scenarios,
                                 const fpl_landscape_options *options,
                                 const fpl_limits *limits, fpl_landscape **landscape,
                                 fpl_error *error)
{
    const fpl_landscape_options usual = {0};
    fpl_status status = FPL_OK;
    if (options == NULL) options = &usual;
    if (options->max_changes < 0 || options->max_changes > FPL_CHANGES_MAX)
        return fpli_fail(error, FPL_E_ARGUMENT, "changes at once are 1 to %d, not %d",
                         FPL_CHANGES_MAX, options->max_changes);
    survey s = {.model = model,
                .dynamics = &options->dynamics,
                .max_changes = options->max_changes == 0 ? 1 : options->max_changes,
                .hold = options->hold,
                .most = limits == NULL || limits->cap == 0 ? TRANSITIONS_USUAL
                                                           : limits->cap,
                .map = fpli_new(1, sizeof *s.map),
                .error = error};
    if (s.map == NULL) return fpli_no_memory(error);
    fpli_watch_start(&s.watch, limits);
    FPL_TRY(survey_start(&s, scenarios));
    FPL_TRY(explore(&s));
    *landscape = s.map;
    s.map = NULL;
out:
    fpl_landscape_free(s.map);
    fpli_pool_clear(&s.pool);
    fpli_free(s.z);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_landscape_free(fpl_landscape *landscape)
{
    if (landscape == NULL) return;
    fpli_arena_free(landscape->arena);
    fpli_free(landscape->places);
    fpli_free(landscape->transitions);
    fpli_free(landscape->first);
    fpli_free(landscape);
}

/* ---- access ------------------------------------------------------------------------------- */

fpl_stop fpl_landscape_stop(const fpl_landscape *landscape)
{
    return landscape->stop;
}

size_t fpl_landscape_n_scenarios(const fpl_landscape *landscape)
{
    return landscape->n_scenarios;
}

size_t fpl_landscape_n_places(const fpl_landscape *landscape)
{
    return landscape->n_places;
}

fpl_place fpl_landscape_place(const fpl_landscape *landscape, size_t index)
{
    return landscape->places[index];
}

size_t fpl_landscape_n_transitions(const fpl_landscape *landscape)
{
    return landscape->n_transitions;
}

const fpl_transition *fpl_landscape_transition(const fpl_landscape *landscape,
                                               size_t index)
{
    return &landscape->transitions[index];
}

const fpl_transition *fpl_landscape_tipping(const fpl_landscape *landscape,
                                            size_t scenario)
{
    const size_t first = landscape->first[scenario];
    return first == landscape->first[scenario + 1] ? NULL
                                                   : &landscape->transitions[first];
}
