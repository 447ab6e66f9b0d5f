/* Open addressing in a short window: an entry lies within WINDOW slots of where its hash points, or
 * nowhere. The table of slots doubles while there is room for it. */
#include "engine/memo.h"

#include "base/mem.h"

#include <string.h>

enum { WINDOW = 8, SLOTS_LEAST = 256 };

typedef struct entry {
    uint64_t hash, work;
    size_t key_size, n_limbs;
    uint64_t limbs[]; /* the value; after it the key */
} entry;

struct fpli_memo {
    entry **slots; /* n_slots, a power of two, and WINDOW more: no wrapping round */
    size_t n_slots;
    size_t bytes, max_bytes;
};

static size_t slots_size(size_t n_slots)
{
    return (n_slots + WINDOW) * sizeof(entry *);
}

static size_t entry_size(size_t key_size, size_t n_limbs)
{
    return sizeof(entry) + n_limbs * sizeof(uint64_t) + key_size;
}

static unsigned char *key_of(entry *e)
{
    return (unsigned char *)(e->limbs + e->n_limbs);
}

/* Eight bytes at a time; the product carries each of them into all higher bits. */
static uint64_t hash_of(const void *key, size_t size)
{
    const unsigned char *bytes = key;
    uint64_t hash = 0x9E3779B97F4A7C15u ^ size;
    for (size_t at = 0; at < size; at += 8) {
        uint64_t word = 0;
        memcpy(&word, bytes + at, size - at < 8 ? size - at : 8);
        hash = (hash ^ word) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 32;
    }
    return hash;
}

fpl_status fpli_memo_new(size_t max_bytes, fpli_memo **memo)
{
    fpli_memo *m = fpli_new(1, sizeof *m);
    if (m == NULL) return FPL_E_MEMORY;
    m->n_slots = SLOTS_LEAST;
    m->max_bytes = max_bytes;
    m->bytes = slots_size(m->n_slots);
    m->slots = fpli_new(m->n_slots + WINDOW, sizeof *m->slots);
    if (m->slots == NULL) {
        fpli_free(m);
        return FPL_E_MEMORY;
    }
    *memo = m;
    return FPL_OK;
}

void fpli_memo_free(fpli_memo *memo)
{
    if (memo == NULL) return;
    for (size_t i = 0; i < memo->n_slots + WINDOW; i++) fpli_free(memo->slots[i]);
    fpli_free(memo->slots);
    fpli_free(memo);
}

size_t fpli_memo_bytes(const fpli_memo *memo)
{
    return memo->bytes;
}

static entry **window_at(entry **slots, size_t n_slots, uint64_t hash)
{
    return slots + (hash & (n_slots - 1));
}

fpl_status fpli_memo_get(const fpli_memo *memo, const void *key, size_t size,
                         fpl_count *count, bool *found)
{
    const uint64_t hash = hash_of(key, size);
    entry *const *window = window_at(memo->slots, memo->n_slots, hash);
    *found = false;
    for (int i = 0; i < WINDOW; i++) {
        entry *e = window[i];
        if (e == NULL || e->hash != hash || e->key_size != size ||
            memcmp(key_of(e), key, size) != 0)
            continue;
        *found = true;
        const fpl_count value = {e->limbs, e->n_limbs, e->n_limbs};
        return fpl_count_copy(count, &value);
    }
    return FPL_OK;
}

static void drop(fpli_memo *memo, entry **slot)
{
    if (*slot == NULL) return;
    memo->bytes -= entry_size((*slot)->key_size, (*slot)->n_limbs);
    fpli_free(*slot);
    *slot = NULL;
}

/* A free slot of the window; without one, that of the entry which took least work. */
static entry **cheapest(entry **window)
{
    entry **best = window;
    for (int i = 0; i < WINDOW; i++) {
        if (window[i] == NULL) return &window[i];
        if (window[i]->work < (*best)->work) best = &window[i];
    }
    return best;
}

static fpl_status double_slots(fpli_memo *memo)
{
    const size_t n_slots = 2 * memo->n_slots;
    entry **slots = fpli_new(n_slots + WINDOW, sizeof *slots);
    if (slots == NULL) return FPL_E_MEMORY;
    entry **before = memo->slots;
    const size_t n_before = memo->n_slots + WINDOW;
    memo->bytes += slots_size(n_slots) - slots_size(memo->n_slots);
    memo->slots = slots;
    memo->n_slots = n_slots;
    for (size_t i = 0; i < n_before; i++) {
        if (before[i] == NULL) continue;
        entry **slot = cheapest(window_at(slots, n_slots, before[i]->hash));
        drop(memo, slot);
        *slot = before[i];
    }
    fpli_free(before);
    return FPL_OK;
}

fpl_status fpli_memo_put(fpli_memo *memo, const void *key, size_t size, uint64_t work,
                         const fpl_count *count)
{
    const uint64_t hash = hash_of(key, size);
    const size_t due = entry_size(size, count->n_limbs);
    entry **slot = cheapest(window_at(memo->slots, memo->n_slots, hash));
    /* both tables exist for a moment */
    if (*slot != NULL &&
        memo->bytes + due + slots_size(2 * memo->n_slots) <= memo->max_bytes) {
        fpl_status status = double_slots(memo);
        if (status != FPL_OK) return status;
        slot = cheapest(window_at(memo->slots, memo->n_slots, hash));
    }
    entry **window = window_at(memo->slots, memo->n_slots, hash);
    if (*slot != NULL) drop(memo, slot);
    for (int i = 0; i < WINDOW && memo->bytes + due > memo->max_bytes; i++)
        drop(memo, &window[i]);
    if (memo->bytes + due > memo->max_bytes) return FPL_OK;
    entry *e = fpli_new(1, due);
    if (e == NULL) return FPL_E_MEMORY;
    *e = (entry){hash, work, size, count->n_limbs};
    if (count->n_limbs > 0)
        memcpy(e->limbs, count->limbs, count->n_limbs * sizeof *e->limbs);
    memcpy(key_of(e), key, size);
    memo->bytes += due;
    *slot = e;
    return FPL_OK;
}
