/* Which rows of a roadmap say the same: answers are numbered as they first appear. */
#include "study/answers.h"

#include "base/mem.h"
#include "base/status.h"

#include <string.h>

/* What an answer is told by; parts that nobody asks for are zero. */
typedef struct key {
    fpl_level_set default_levels, possible, nearest;
    uint64_t special; /* 1: implausible, 2: unknown */
} key;

typedef struct finder {
    fpl_answers *answers;
    key *keys; /* one an answer */
    size_t keys_capacity;
    uint32_t *slots; /* 1 + answer, 0: free */
    size_t n_slots;  /* a power of two, more than twice the answers */
} finder;

static key key_of(const fpl_row *row, const fpl_answer_options *options)
{
    key k = {0};
    if (row->stop != FPL_COMPLETE) {
        k.special = 2;
    } else if (options->use_max_tension && row->tension > options->max_tension) {
        k.special = 1;
    } else {
        if (options->by != FPL_BY_POSSIBLE) k.default_levels = row->default_levels;
        if (options->by != FPL_BY_DEFAULT) {
            k.possible = row->possible;
            k.nearest = row->nearest;
        }
    }
    return k;
}

static size_t slot_of(const key *k, size_t n_slots)
{
    uint64_t h = k->default_levels * 0x9E3779B97F4A7C15u;
    h = (h ^ (h >> 29) ^ k->possible) * 0xBF58476D1CE4E5B9u;
    h = (h ^ (h >> 32) ^ k->nearest ^ k->special << 62) * 0x94D049BB133111EBu;
    return (size_t)(h ^ (h >> 31)) & (n_slots - 1);
}

static uint32_t *find_slot(const finder *f, const key *k)
{
    size_t at = slot_of(k, f->n_slots);
    while (f->slots[at] != 0 && memcmp(&f->keys[f->slots[at] - 1], k, sizeof *k) != 0)
        at = (at + 1) & (f->n_slots - 1);
    return &f->slots[at];
}

static bool make_room(finder *f)
{
    fpl_answers *a = f->answers;
    const size_t n = (size_t)a->n;
    if (!fpli_grow((void **)&a->items, n, &a->capacity, sizeof *a->items) ||
        !fpli_grow((void **)&f->keys, n, &f->keys_capacity, sizeof *f->keys))
        return false;
    if (f->slots != NULL && 2 * (n + 1) < f->n_slots) return true;
    fpli_free(f->slots);
    f->n_slots = f->n_slots == 0 ? 64 : 2 * f->n_slots;
    f->slots = fpli_new(f->n_slots, sizeof *f->slots);
    if (f->slots == NULL) return false;
    for (size_t i = 0; i < n; i++) *find_slot(f, &f->keys[i]) = (uint32_t)i + 1;
    return true;
}

static fpl_status note_row(finder *f, size_t row)
{
    fpl_answers *a = f->answers;
    const key k = key_of(&a->roadmap->rows[row], &a->options);
    if (!make_room(f)) return FPL_E_MEMORY;
    uint32_t *slot = find_slot(f, &k);
    if (*slot == 0) {
        f->keys[a->n] = k;
        a->items[a->n] = (fpl_answer){
            .first_row = row, .implausible = k.special == 1, .unknown = k.special == 2};
        *slot = (uint32_t)++a->n;
    }
    a->of_row[row] = *slot - 1;
    a->items[*slot - 1].n_rows++;
    return FPL_OK;
}

fpl_status fpl_answers_find(const fpl_roadmap *roadmap, const fpl_answer_options *options,
                            fpl_answers **answers, fpl_error *error)
{
    fpl_status status = FPL_OK;
    finder f = {0};
    if (options != NULL && ((int)options->by < 0 || options->by >= FPL_ANSWER_BY_END ||
                            options->max_tension < 0))
        return fpli_fail(error, FPL_E_ARGUMENT, "there is no such kind of answer");
    f.answers = fpli_new(1, sizeof *f.answers);
    FPL_TRY(f.answers == NULL ? FPL_E_MEMORY : FPL_OK);
    f.answers->roadmap = roadmap;
    if (options != NULL) f.answers->options = *options;
    f.answers->of_row = fpli_new(roadmap->n_rows, sizeof *f.answers->of_row);
    FPL_TRY(f.answers->of_row == NULL ? FPL_E_MEMORY : FPL_OK);
    for (size_t r = 0; r < roadmap->n_rows; r++) FPL_TRY(note_row(&f, r));
    *answers = f.answers;
    f.answers = NULL;
out:
    fpl_answers_free(f.answers);
    fpli_free(f.keys);
    fpli_free(f.slots);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_answers_free(fpl_answers *answers)
{
    if (answers == NULL) return;
    fpli_free(answers->items);
    fpli_free(answers->of_row);
    fpli_free(answers);
}

int fpl_answers_n(const fpl_answers *answers)
{
    return answers->n;
}

const fpl_answer *fpl_answers_get(const fpl_answers *answers, int index)
{
    return &answers->items[index];
}

int fpl_answers_of_row(const fpl_answers *answers, size_t row)
{
    return (int)answers->of_row[row];
}

const fpl_answer_options *fpl_answers_options(const fpl_answers *answers)
{
    return &answers->options;
}
