/* Groups at a depth of the tree are counted one after the other, each by branching on one of its
 * descriptors; the nodes below split the group further. */
#include "engine/tally.h"

#include "base/checkpoint.h"
#include "base/mem.h"
#include "engine/memo.h"

#include <string.h>

enum {
    POLL_EVERY = 256,
    TRIAL_NODES = 262144,
    TRIAL_FOUND = 4096,
    PART = 0,            /* of a checkpoint */
    KEPT_WORTH = 1024,   /* nodes */
    KEPT_STEP = 1 << 26, /* bytes of the file */
    DENSE_LEAST = 16,    /* open descriptors */
    DENSE_PERCENT = 30   /* of all pairs of an open descriptor and a test */
};

typedef struct
    level { /* what one depth of the tree keeps while those below are at work */
    fpli_split split;
    fpl_count product; /* over the groups of the node */
    fpl_count sum;     /* over the variants that the present group branches on */
} level;

struct fpli_tally {
    const fpli_lanes *lanes;
    const fpl_model *model;
    fpli_search *search;
    fpli_residual *residual;
    fpli_watch *watch;
    fpli_memo *memo;
    uint64_t memo_worth;
    bool tries_first; /* enumeration */
    bool *scope;
    level *levels;           /* n + 1 */
    const uint64_t *domains; /* of the beginning */
    int n;
    unsigned char *keys; /* of the groups under way, one after the other */
    size_t keys_used, keys_capacity;
    size_t key_most; /* no key is longer */
    fpli_bytes kept; /* to be written to the checkpoint */
    int64_t kept_ms;
    double done; /* share of the present group's work, for progress */
    uint64_t next_poll;
    fpl_stop stop;
};

/* ---- keys --------------------------------------------------------------------------------- */

static void put(fpli_tally *t, const void *bytes, size_t size)
{
    memcpy(t->keys + t->keys_used, bytes, size);
    t->keys_used += size;
}

static void put_number(fpli_tally *t, int number)
{
    const uint16_t short_number = (uint16_t)number;
    put(t, &short_number, sizeof short_number);
}

/* A descriptor with its domain, in as few bytes as its variants need. */
static void put_domain(fpli_tally *t, const fpli_place *place, int d)
{
    const uint64_t domain = place->domains[d];
    put_number(t, d);
    for (int bit = 0; bit < fpl_model_n_variants(t->model, d); bit += 8) {
        const unsigned char byte = (unsigned char)(domain >> bit);
        put(t, &byte, 1);
    }
}

/* What has come in so far on the lanes of one test: nothing but "settled" where it cannot fail any
 * more, and nothing but "negative" where it will fail unless its rival is excluded. */
static void put_lanes(fpli_tally *t, const fpli_place *place, const fpli_split *split,
                      int j)
{
    for (uint64_t set = place->domains[j]; set != 0; set &= set - 1) {
        const int *first = t->lanes->first + fpl_model_offset(t->model, j) +
                           __builtin_ctzll(set);
        for (int lane = first[0]; lane < first[1]; lane++) {
            int32_t value = fpli_lane_value(t->lanes, place->lanes, (size_t)lane);
            if (!fpli_split_is_threatened(split, lane))
                value = t->lanes->bytes == 2 ? INT16_MAX : INT32_MAX;
            else if (value < 0)
                value = -1;
            if (t->lanes->bytes == 2)
                put_number(t, value);
            else
                put(t, &value, sizeof value);
        }
    }
}

static fpl_status make_room_for_key(fpli_tally *t)
{
    if (t->keys_capacity - t->keys_used >= t->key_most) return FPL_OK;
    const size_t capacity = 2 * t->keys_capacity + t->key_most;
    unsigned char *larger = fpli_resize(t->keys, capacity, 1);
    if (larger == NULL) return FPL_E_MEMORY;
    t->keys = larger;
    t->keys_capacity = capacity;
    return FPL_OK;
}

/* All that the count of a group depends on. Numbers of items come first, so no two states of a
 * group give the same bytes. */
static fpl_status put_key(fpli_tally *t, const fpli_place *place, const fpli_split *split,
                          const fpli_group *group)
{
    fpl_status status = make_room_for_key(t);
    if (status != FPL_OK) return status;
    put_number(t, group->n_open);
    put_number(t, group->n_tests);
    put_number(t, group->n_ties);
    for (int i = 0; i < group->n_open; i++) put_domain(t, place, group->open[i]);
    for (int i = 0; i < group->n_tests; i++) {
        put_domain(t, place, group->tests[i]);
        put_lanes(t, place, split, group->tests[i]);
    }
    for (int i = 0; i < group->n_ties; i++) {
        const fpli_tie *tie = fpli_residual_tie(t->residual, group->ties[i]);
        put_number(t, group->ties[i]);
        for (int k = 0; k < tie->n_named; k++) put_domain(t, place, tie->named[k]);
    }
    return FPL_OK;
}

static size_t longest_key(const fpli_tally *t)
{
    const size_t domain = sizeof(uint16_t) + sizeof(uint64_t);
    size_t most = 3 * sizeof(uint16_t) + 2 * (size_t)t->n * domain +
                  t->lanes->n_used * (size_t)t->lanes->bytes;
    for (int i = 0; i < fpli_residual_n_ties(t->residual); i++)
        most += sizeof(uint16_t) +
                (size_t)fpli_residual_tie(t->residual, i)->n_named * domain;
    return most;
}

/* ---- keeping ------------------------------------------------------------------------------ */

/* Work from which on a count is kept in the checkpoint: more, the larger the file is already. */
static uint64_t worth_keeping(const fpli_tally *t)
{
    const uint64_t more = fpli_checkpoint_size(t->watch->checkpoint) / KEPT_STEP + 1;
    return fpli_checkpoint_is_hurried(t->watch->checkpoint) ? 0
                                                            : KEPT_WORTH * more * more;
}

/* A count that was remembered, for a run that goes on from here. Gathered, so that the file is written
 * to once in a while. */
static fpl_status keep(fpli_tally *t, const void *key, size_t size, uint64_t work,
                       const fpl_count *count)
{
    fpl_checkpoint *checkpoint = t->watch->checkpoint;
    if (checkpoint == NULL || work < worth_keeping(t)) return FPL_OK;
    fpli_bytes_put_number(&t->kept, work, 8);
    fpli_bytes_put_count(&t->kept, count);
    fpli_bytes_put_number(&t->kept, size, 4);
    fpli_bytes_put(&t->kept, key, size);
    if (!fpli_checkpoint_is_due(checkpoint, &t->kept_ms)) return FPL_OK;
    const fpl_status status = fpli_checkpoint_append(checkpoint, PART, &t->kept);
    t->kept.n = 0;
    return status;
}

static fpl_status take_kept(void *context, fpli_reader *reader)
{
    fpli_tally *t = context;
    fpl_status status = FPL_OK;
    fpl_count count = {0}, known = {0};
    while (reader->n > 0 && !reader->broken && status == FPL_OK) {
        bool found = false;
        const uint64_t work = fpli_take_number(reader, 8);
        FPL_TRY(fpli_take_count(reader, &count));
        const size_t size = (size_t)fpli_take_number(reader, 4);
        const unsigned char *key = fpli_take(reader, size);
        if (key == NULL) break;
        FPL_TRY(fpli_memo_get(t->memo, key, size, &known, &found));
        if (!found) FPL_TRY(fpli_memo_put(t->memo, key, size, work, &count));
    }
out:
    fpl_count_clear(&count);
    fpl_count_clear(&known);
    return status;
}

/* ---- counting ----------------------------------------------------------------------------- */

static void poll(fpli_tally *t)
{
    const uint64_t nodes = fpli_search_nodes(t->search);
    if (nodes < t->next_poll) return;
    t->next_poll = nodes + POLL_EVERY;
    t->stop = fpli_watch_look(t->watch);
    fpli_watch_tell(t->watch, t->done < 1 ? t->done : 1, 0, nodes);
}

/* The test that fewest open descriptors decide: to settle it is the shortest way to a smaller group,
 * and to a state that comes again. -1: only ties hold the group together. */
static int nearest_test(const fpli_split *split, const fpli_group *group)
{
    int best = -1;
    for (int i = 0; i < group->n_tests; i++) {
        const int j = group->tests[i];
        if (split->sources[j] > 0 &&
            (best < 0 || split->sources[j] < split->sources[best]))
            best = j;
    }
    return best;
}

/* Of those who decide the nearest test the descriptor whose decision takes most slack from tight
 * lanes. The lowest index among equals. */
static int choose(fpli_tally *t, int depth, const fpli_group *group)
{
    const fpli_split *split = &t->levels[depth].split;
    const fpli_place place = fpli_search_place(t->search, depth);
    const int test = nearest_test(split, group);
    int best = -1;
    uint32_t most = 0;
    if (group->n_open == 1) return group->open[0];
    fpli_search_weigh(t->search, depth, split->threat);
    for (int i = 0; i < group->n_open; i++) {
        const int d = group->open[i];
        if (test >= 0 && !fpli_residual_acts(t->residual, &place, split, d, test))
            continue;
        const uint32_t loss = fpli_search_loss(t->search, d);
        if (best >= 0 && loss <= most) continue;
        most = loss;
        best = d;
    }
    return best;
}

static fpl_status count_node(fpli_tally *t, int depth, const fpli_group *within,
                             double share);

/* Sum over the variants of one descriptor, into the level's sum. */
static fpl_status branch(fpli_tally *t, int depth, const fpli_group *group, double share)
{
    fpl_status status = FPL_OK;
    level *at = &t->levels[depth];
    const int d = choose(t, depth, group);
    const uint64_t domain = fpli_search_place(t->search, depth).domains[d];
    share /= __builtin_popcountll(domain);
    FPL_TRY(fpl_count_set(&at->sum, 0));
    for (uint64_t set = domain; set != 0 && t->stop == FPL_COMPLETE; set &= set - 1) {
        if (!fpli_search_descend(t->search, depth, d, __builtin_ctzll(set))) {
            t->done += share;
            continue;
        }
        FPL_TRY(count_node(t, depth + 1, group, share));
        FPL_TRY(fpl_count_add(&at->sum, &at[1].product));
    }
out:
    return status;
}

/* A group of one descriptor whose tests have no other part in what is open: each variant is held
 * against their lanes, without a node of its own. */
static uint64_t count_single(const fpli_tally *t, const fpli_place *place,
                             const fpli_split *split, const fpli_group *group)
{
    const int d = group->open[0];
    void *const *rows = t->lanes->variant_row + fpl_model_offset(t->model, d);
    uint64_t alive = place->domains[d];
    for (int i = 0; i < group->n_tests; i++) {
        const int *first = t->lanes->first + fpl_model_offset(t->model, group->tests[i]);
        const int v = __builtin_ctzll(place->domains[group->tests[i]]);
        if (group->tests[i] == d) continue;
        for (int lane = first[v]; lane < first[v + 1]; lane++) {
            if (!fpli_split_is_threatened(split, lane)) continue;
            int32_t most = INT32_MIN;
            for (uint64_t set = place->domains[d]; set != 0; set &= set - 1) {
                const int32_t value = fpli_lane_value(
                    t->lanes, rows[__builtin_ctzll(set)], (size_t)lane);
                if (value > most) most = value;
            }
            const int32_t slack = fpli_lane_value(t->lanes, place->lanes, (size_t)lane);
            for (uint64_t set = alive; set != 0; set &= set - 1) {
                const int a = __builtin_ctzll(set);
                if (slack - most + fpli_lane_value(t->lanes, rows[a], (size_t)lane) < 0)
                    alive &= ~((uint64_t)1 << a);
            }
        }
    }
    return (uint64_t)__builtin_popcountll(alive);
}

static fpl_status count_free(fpl_count *sum, const fpli_place *place,
                             const fpli_group *group)
{
    fpl_status status = fpl_count_set(sum, 1);
    for (int i = 0; i < group->n_open && status == FPL_OK; i++)
        status = fpl_count_mul_u64(
            sum, (uint64_t)__builtin_popcountll(place->domains[group->open[i]]));
    return status;
}

/* The count of one group of a node, into the level's sum. */
static fpl_status count_group(fpli_tally *t, int depth, const fpli_group *group,
                              double share)
{
    fpl_status status = FPL_OK;
    level *at = &t->levels[depth];
    const fpli_place place = fpli_search_place(t->search, depth);
    if (group->n_tests + group->n_ties == 0) {
        t->done += share;
        return count_free(&at->sum, &place, group);
    }
    if (group->n_open == 1 && group->n_ties == 0) {
        t->done += share;
        return fpl_count_set(&at->sum, count_single(t, &place, &at->split, group));
    }
    const size_t key = t->keys_used;
    const uint64_t nodes = fpli_search_nodes(t->search);
    bool found = false;
    FPL_TRY(put_key(t, &place, &at->split, group));
    const size_t size = t->keys_used - key;
    FPL_TRY(fpli_memo_get(t->memo, t->keys + key, size, &at->sum, &found));
    if (found) {
        t->done += share;
    } else {
        FPL_TRY(branch(t, depth, group, share));
        const uint64_t work = fpli_search_nodes(t->search) - nodes;
        if (t->stop == FPL_COMPLETE && work >= t->memo_worth) {
            FPL_TRY(fpli_memo_put(t->memo, t->keys + key, size, work, &at->sum));
            FPL_TRY(keep(t, t->keys + key, size, work, &at->sum));
        }
    }
    t->keys_used = key;
out:
    return status;
}

static fpl_status multiply(fpl_count *product, const fpl_count *factor)
{
    uint64_t value = 0;
    return fpl_count_get_u64(factor, &value) == FPL_OK ? fpl_count_mul_u64(product, value)
                                                       : fpl_count_mul(product, factor);
}

/* The number of ways to decide what is open of a group that a node above has, into the product. */
static fpl_status count_node(fpli_tally *t, int depth, const fpli_group *within,
                             double share)
{
    fpl_status status = FPL_OK;
    level *at = &t->levels[depth];
    poll(t);
    const fpli_place place = fpli_search_place(t->search, depth);
    fpli_residual_split(t->residual, &place, within, &at->split);
    FPL_TRY(fpl_count_set(&at->product, 1));
    const int n = at->split.n_groups;
    if (n == 0) t->done += share;
    for (int g = 0; g < n && at->product.n_limbs > 0; g++) {
        const fpli_group group = fpli_split_group(&at->split, g);
        FPL_TRY(count_group(t, depth, &group, share / n));
        FPL_TRY(multiply(&at->product, &at->sum));
    }
out:
    return status;
}

/* ---- the beginning ------------------------------------------------------------------------ */

fpl_status fpli_tally_new(const fpli_lanes *lanes, fpli_search *search,
                          const fpli_task *task, fpli_watch *watch, size_t memo_bytes,
                          uint64_t memo_worth, fpli_tally **tally)
{
    fpl_status status = FPL_OK;
    fpli_tally *t = fpli_new(1, sizeof *t);
    if (t == NULL) return FPL_E_MEMORY;
    t->lanes = lanes;
    t->model = lanes->model;
    t->search = search;
    t->watch = watch;
    t->memo_worth = memo_worth;
    t->n = fpl_model_n_descriptors(lanes->model);
    t->tries_first = memo_worth > 0;
    t->scope = fpli_new((size_t)t->n, sizeof *t->scope);
    t->levels = fpli_new((size_t)t->n + 1, sizeof *t->levels);
    FPL_TRY(t->levels == NULL || t->scope == NULL ? FPL_E_MEMORY : FPL_OK);
    FPL_TRY(fpli_residual_new(lanes, task, &t->residual));
    FPL_TRY(fpli_memo_new(memo_bytes, &t->memo));
    for (int depth = 0; depth <= t->n; depth++)
        FPL_TRY(fpli_split_init(t->residual, &t->levels[depth].split));
    t->key_most = longest_key(t);
    if (watch->checkpoint != NULL)
        FPL_TRY(fpli_checkpoint_replay(watch->checkpoint, PART, take_kept, t));
    t->kept_ms = fpli_clock_ms();
    *tally = t;
    t = NULL;
out:
    fpli_tally_free(t);
    return status;
}

void fpli_tally_free(fpli_tally *tally)
{
    if (tally == NULL) return;
    for (int depth = 0; tally->levels != NULL && depth <= tally->n; depth++) {
        fpli_split_clear(&tally->levels[depth].split);
        fpl_count_clear(&tally->levels[depth].product);
        fpl_count_clear(&tally->levels[depth].sum);
    }
    fpli_free(tally->levels);
    fpli_residual_free(tally->residual);
    fpli_memo_free(tally->memo);
    fpli_free(tally->keys);
    fpli_bytes_clear(&tally->kept);
    fpli_free(tally->scope);
    fpli_free(tally);
}

int fpli_tally_begin(fpli_tally *tally, const uint64_t *domains)
{
    /* nothing uses the deepest level yet: it lends its lists */
    fpli_split *all = &tally->levels[tally->n].split;
    for (int d = 0; d < tally->n; d++) all->open[d] = all->tests[d] = (uint16_t)d;
    for (int i = 0; i < fpli_residual_n_ties(tally->residual); i++)
        all->ties[i] = (uint16_t)i;
    tally->domains = domains;
    fpli_search_start(tally->search, domains);
    const fpli_place place = fpli_search_place(tally->search, 0);
    const fpli_group everything = {
        .open = all->open,
        .tests = all->tests,
        .ties = all->ties,
        .n_open = tally->n,
        .n_tests = tally->n,
        .n_ties = fpli_residual_n_ties(tally->residual),
        .threat = place.live,
    };
    fpli_residual_split(tally->residual, &place, &everything, &tally->levels[0].split);
    return tally->levels[0].split.n_groups;
}

void fpli_tally_scope(const fpli_tally *tally, int group, bool *scope)
{
    const fpli_group g = fpli_split_group(&tally->levels[0].split, group);
    memset(scope, 0, (size_t)tally->n * sizeof *scope);
    for (int i = 0; i < g.n_open; i++) scope[g.open[i]] = true;
}

bool fpli_tally_is_dense(const fpli_tally *tally, int group)
{
    const fpli_split *split = &tally->levels[0].split;
    const fpli_group g = fpli_split_group(split, group);
    int64_t edges = 0;
    for (int i = 0; i < g.n_open; i++) edges += split->degree[g.open[i]];
    return g.n_open >= DENSE_LEAST &&
           100 * edges >= DENSE_PERCENT * (int64_t)g.n_open * g.n_tests;
}

/* ---- plain enumeration first ---------------------------------------------------------------- */

typedef struct trial {
    fpli_tally *tally;
    uint64_t found;
} trial;

static bool count_found(void *context, const uint64_t *domains)
{
    trial *r = context;
    (void)domains;
    r->found++;
    return r->found < TRIAL_FOUND;
}

static bool poll_trial(void *context)
{
    fpli_tally *t = ((trial *)context)->tally;
    t->stop = fpli_watch_look(t->watch);
    fpli_watch_tell(t->watch, -1, 0, fpli_search_nodes(t->search));
    return t->stop == FPL_COMPLETE;
}

/* Where there are few scenarios, plain enumeration goes for the tightest lanes wherever they are and is
 * often through at once. Returns whether it was, or the watch said stop: then that is the answer. */
static bool enumerate(fpli_tally *t, const bool *scope, uint64_t *found)
{
    trial r = {.tally = t};
    const bool all = fpli_search_run(t->search, t->domains, scope, TRIAL_NODES,
                                     count_found, poll_trial, &r);
    *found = r.found;
    return all || t->stop != FPL_COMPLETE;
}

fpl_status fpli_tally_group(fpli_tally *tally, int group, fpl_count *count,
                            fpl_stop *stop)
{
    const fpli_group g = fpli_split_group(&tally->levels[0].split, group);
    uint64_t found = 0;
    tally->done = 0;
    tally->next_poll = 0;
    tally->stop = fpli_watch_look(tally->watch);
    fpl_status status;
    fpli_tally_scope(tally, group, tally->scope);
    if (tally->stop == FPL_COMPLETE && tally->tries_first &&
        enumerate(tally, tally->scope, &found)) {
        status = fpl_count_set(count, found);
    } else {
        fpli_search_start(tally->search, tally->domains);
        status = count_group(tally, 0, &g, 1);
        if (status == FPL_OK) status = fpl_count_copy(count, &tally->levels[0].sum);
    }
    if (status == FPL_OK && tally->kept.n > 0) {
        status = fpli_checkpoint_append(tally->watch->checkpoint, PART, &tally->kept);
        tally->kept.n = 0;
    }
    if (status == FPL_OK) *stop = tally->stop;
    return status;
}
