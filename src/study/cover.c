/* Minimum set cover by branch and bound. */
#include "study/cover.h"

#include "base/mem.h"
#include "base/status.h"

#include <string.h>

enum { STEPS_MOST = 1000000, LOOK_EVERY = 1024 };

typedef struct solver {
    fpli_cover *c;
    size_t *first; /* n_elements + 1: the sets of element e are members[first[e]...] */
    uint32_t *members;
    uint32_t *times;  /* how often an element is covered */
    uint32_t *banned; /* how often a set is ruled out */
    uint32_t *seen;   /* stamps of sets, for the bound */
    uint32_t stamp;
    uint32_t *path, *best; /* sets chosen */
    size_t n_path, n_best;
    size_t n_open; /* elements not covered */
    uint64_t steps;
    bool gave_up;
} solver;

static fpl_status list_members(solver *s)
{
    const fpli_cover *c = s->c;
    size_t *next = s->first = fpli_new(c->n_elements + 1, sizeof *s->first);
    if (next == NULL) return FPL_E_MEMORY;
    for (size_t w = 0; w < c->n_sets * c->n_words; w++)
        for (uint64_t bits = c->sets[w]; bits != 0; bits &= bits - 1)
            next[w % c->n_words * 64 + (size_t)__builtin_ctzll(bits)]++;
    size_t sum = 0;
    for (size_t e = 0; e <= c->n_elements; e++) {
        const size_t own = next[e];
        next[e] = sum;
        sum += own;
    }
    s->members = fpli_new(sum, sizeof *s->members);
    if (s->members == NULL) return FPL_E_MEMORY;
    for (size_t w = 0; w < c->n_sets * c->n_words; w++)
        for (uint64_t bits = c->sets[w]; bits != 0; bits &= bits - 1)
            s->members[next[w % c->n_words * 64 + (size_t)__builtin_ctzll(bits)]++] =
                (uint32_t)(w / c->n_words);
    for (size_t e = c->n_elements; e > 0; e--) next[e] = next[e - 1]; /* moved one on */
    next[0] = 0;
    return FPL_OK;
}

static void take(solver *s, uint32_t set)
{
    const fpli_cover *c = s->c;
    s->path[s->n_path++] = set;
    for (size_t w = 0; w < c->n_words; w++)
        for (uint64_t bits = c->sets[set * c->n_words + w]; bits != 0; bits &= bits - 1)
            s->n_open -= s->times[w * 64 + (size_t)__builtin_ctzll(bits)]++ == 0;
}

static void give_back(solver *s)
{
    const fpli_cover *c = s->c;
    const uint32_t set = s->path[--s->n_path];
    for (size_t w = 0; w < c->n_words; w++)
        for (uint64_t bits = c->sets[set * c->n_words + w]; bits != 0; bits &= bits - 1)
            s->n_open += --s->times[w * 64 + (size_t)__builtin_ctzll(bits)] == 0;
}

static size_t n_choices(const solver *s, size_t e)
{
    size_t n = 0;
    for (size_t i = s->first[e]; i < s->first[e + 1]; i++)
        n += s->banned[s->members[i]] == 0;
    return n;
}

/* The open element with the fewest sets; *need: open elements no two of which share a set. */
static size_t hardest(solver *s, size_t *need)
{
    const fpli_cover *c = s->c;
    size_t best = 0, fewest = SIZE_MAX;
    s->stamp++;
    *need = 0;
    for (size_t e = 0; e < c->n_elements; e++) {
        if (s->times[e] > 0) continue;
        const size_t n = n_choices(s, e);
        if (n < fewest) {
            fewest = n;
            best = e;
        }
        bool apart = true;
        for (size_t i = s->first[e]; i < s->first[e + 1]; i++) {
            const uint32_t set = s->members[i];
            if (s->banned[set] == 0 && s->seen[set] == s->stamp) apart = false;
        }
        if (!apart) continue;
        ++*need;
        for (size_t i = s->first[e]; i < s->first[e + 1]; i++)
            s->seen[s->members[i]] = s->stamp;
    }
    return best;
}

static size_t gain_of(const solver *s, uint32_t set)
{
    const fpli_cover *c = s->c;
    size_t gain = 0;
    for (size_t w = 0; w < c->n_words; w++)
        for (uint64_t bits = c->sets[set * c->n_words + w]; bits != 0; bits &= bits - 1)
            gain += s->times[w * 64 + (size_t)__builtin_ctzll(bits)] == 0;
    return gain;
}

/* Always the set that covers most of what is open: a first choice to beat. */
static void choose_greedily(solver *s)
{
    while (s->n_open > 0) {
        size_t most = 0;
        uint32_t best = 0;
        for (uint32_t i = 0; i < s->c->n_sets; i++) {
            const size_t gain = gain_of(s, i);
            if (gain > most) {
                most = gain;
                best = i;
            }
        }
        take(s, best);
    }
    s->n_best = s->n_path;
    memcpy(s->best, s->path, s->n_path * sizeof *s->best);
    while (s->n_path > 0) give_back(s);
}

static bool has_to_stop(solver *s)
{
    s->steps++;
    if (s->steps > STEPS_MOST ||
        (s->steps % LOOK_EVERY == 0 && fpli_watch_look(s->c->watch) != FPL_COMPLETE))
        s->gave_up = true;
    return s->gave_up;
}

static void branch(solver *s)
{
    if (s->n_open == 0) {
        if (s->n_path < s->n_best) {
            s->n_best = s->n_path;
            memcpy(s->best, s->path, s->n_path * sizeof *s->best);
        }
        return;
    }
    if (s->n_path + 1 >= s->n_best || has_to_stop(s)) return;
    size_t need = 0;
    const size_t e = hardest(s, &need);
    if (s->n_path + need >= s->n_best) return;
    size_t tried = s->first[e];
    for (; tried < s->first[e + 1] && !s->gave_up; tried++) {
        const uint32_t set = s->members[tried];
        if (s->banned[set]++ > 0) continue; /* a choice with it was looked at before */
        take(s, set);
        branch(s);
        give_back(s);
    }
    while (tried > s->first[e]) s->banned[s->members[--tried]]--;
}

/* Leave out what others cover as well; a minimum has nothing of the kind. */
static void drop_idle(solver *s)
{
    for (size_t i = 0; i < s->n_best; i++) take(s, s->best[i]);
    for (size_t i = s->n_best; i-- > 0;) {
        const fpli_cover *c = s->c;
        const uint64_t *own = c->sets + s->best[i] * c->n_words;
        bool idle = true;
        for (size_t w = 0; w < c->n_words && idle; w++)
            for (uint64_t bits = own[w]; bits != 0 && idle; bits &= bits - 1)
                idle = s->times[w * 64 + (size_t)__builtin_ctzll(bits)] > 1;
        s->c->chosen[s->best[i]] = !idle;
        for (size_t w = 0; w < c->n_words && idle; w++)
            for (uint64_t bits = own[w]; bits != 0; bits &= bits - 1)
                s->times[w * 64 + (size_t)__builtin_ctzll(bits)]--;
    }
}

fpl_status fpli_cover_solve(fpli_cover *cover)
{
    fpl_status status = FPL_OK;
    solver s = {.c = cover, .n_open = cover->n_elements};
    memset(cover->chosen, 0, cover->n_sets * sizeof *cover->chosen);
    s.times = fpli_new(cover->n_elements, sizeof *s.times);
    s.banned = fpli_new(cover->n_sets, sizeof *s.banned);
    s.seen = fpli_new(cover->n_sets, sizeof *s.seen);
    s.path = fpli_new(cover->n_elements, sizeof *s.path);
    s.best = fpli_new(cover->n_elements, sizeof *s.best);
    FPL_TRY(s.times == NULL || s.banned == NULL || s.seen == NULL || s.path == NULL ||
                    s.best == NULL
                ? FPL_E_MEMORY
                : FPL_OK);
    FPL_TRY(list_members(&s));
    choose_greedily(&s);
    branch(&s);
    drop_idle(&s);
    cover->is_minimum = !s.gave_up;
out:
    fpli_free(s.first);
    fpli_free(s.members);
    fpli_free(s.times);
    fpli_free(s.banned);
    fpli_free(s.seen);
    fpli_free(s.path);
    fpli_free(s.best);
    return status;
}
