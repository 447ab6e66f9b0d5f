/* Four passes: mark the images of all states; find the successor of each image; follow those to
 * their attractors; sweep again and add each run of states to the attractor of its image. */
#include "engine/images.h"

#include "base/checkpoint.h"
#include "base/mem.h"
#include "base/status.h"
#include "engine/orbits.h"

#include <string.h>

enum {
    WORDS_A_RANK = 8,
    CHUNK_BLOCKS = 128,
    CACHE = 1 << 14,
    BATCH = 512,
    ROUND_CHUNKS = 1024,
    PIECE = 1 << 16 /* words of a record */
};

#define NO_IMAGE UINT64_MAX

typedef enum pass { MARK = 1, LINK, WEIGH } pass; /* sweeps over all states */

typedef struct images {
    const fpli_blocks *blocks;
    fpli_watch *watch;
    uint64_t *bits; /* one a state: it is an image */
    size_t n_words;
    uint32_t *ranks;            /* images before each WORDS_A_RANK words */
    fpli_orbits orbits;         /* of images, by rank */
    fpli_images_keeper *keeper; /* NULL: nothing is kept */
    pass pass;
    uint64_t next; /* chunk of that pass */
    fpl_stop stop;
    fpl_status status;
} images;

/* ---- chunks for threads ------------------------------------------------------------------- */

/* An image, and how many states were found to go there. */
typedef struct entry {
    uint64_t image;
    uint64_t weight;
} entry;

/* What a thread needs for one pass. */
typedef struct worker {
    images *im;
    fpli_cursor *cursor;
    fpli_runs runs;
    entry *cache; /* in front of the big tables */
    entry queue[BATCH + FPLI_BLOCK_STATES];
    size_t n_queue;
} worker;

typedef void (*chunk_work)(worker *w, uint64_t from, uint64_t to);

static void give_up(images *im, fpl_status status, fpl_stop stop)
{
#pragma omp critical(fpli_images)
    {
        if (status != FPL_OK) im->status = status;
        if (stop != FPL_COMPLETE) im->stop = stop;
    }
}

static bool worker_start(worker *w, images *im)
{
    memset(w, 0, sizeof *w);
    w->im = im;
    w->cache = fpli_new(CACHE, sizeof *w->cache);
    if (w->cache == NULL) return false;
    for (size_t i = 0; i < CACHE; i++) w->cache[i].image = NO_IMAGE;
    return fpli_cursor_new(im->blocks, &w->cursor) == FPL_OK;
}

static void worker_clear(worker *w)
{
    fpli_cursor_free(w->cursor);
    fpli_free(w->cache);
}

/* What a pass does with a chunk and with what a worker still holds, and its share of all work. */
typedef struct pass_work {
    chunk_work chunk;
    void (*flush)(worker *w);
    double from, span;
} pass_work;

static uint64_t chunks_of(const images *im)
{
    return (fpli_blocks_n(im->blocks) + CHUNK_BLOCKS - 1) / CHUNK_BLOCKS;
}

static void do_chunk(worker *w, const pass_work *p, uint64_t chunk, bool tells)
{
    images *im = w->im;
    const uint64_t n_blocks = fpli_blocks_n(im->blocks), from = chunk * CHUNK_BLOCKS;
    fpli_cursor_set(w->cursor, from);
    p->chunk(w, from, from + CHUNK_BLOCKS < n_blocks ? from + CHUNK_BLOCKS : n_blocks);
    if (tells)
        fpli_watch_tell(im->watch,
                        p->from + p->span * (double)chunk / (double)chunks_of(im),
                        im->orbits.n, from * fpli_blocks_states(im->blocks));
}

/* The chunks from..to-1. */
static void sweep(images *im, const pass_work *p, uint64_t from, uint64_t to)
{
    const int64_t first = (int64_t)from, last = (int64_t)to;
    const int wanted = fpli_watch_threads(im->watch);
    (void)wanted; /* without OpenMP nobody asks */
#pragma omp parallel num_threads(last - first < wanted ? (int)(last - first) : wanted)
    {
        worker w;
        bool good = worker_start(&w, im);
        bool tells = false;
#pragma omp master
        tells = true;
        if (!good) give_up(im, FPL_E_MEMORY, FPL_COMPLETE);
#pragma omp for schedule(dynamic, 8)
        for (int64_t c = first; c < last; c++) {
            const fpl_stop stop = good ? fpli_watch_look(im->watch) : FPL_COMPLETE;
            if (stop != FPL_COMPLETE) {
                give_up(im, FPL_OK, stop);
                good = false;
            }
            if (good) do_chunk(&w, p, (uint64_t)c, tells);
        }
        if (good) p->flush(&w);
        worker_clear(&w);
    }
}

static size_t cache_slot(uint64_t key)
{
    return (size_t)(key * 0x9E3779B97F4A7C15u >> 50);
}

/* ---- pass 1: images ------------------------------------------------------------------------ */

static void flush_marks(worker *w)
{
    for (size_t i = 0; i < w->n_queue; i++) {
        uint64_t *word = &w->im->bits[w->queue[i].image / 64];
        const uint64_t bit = (uint64_t)1 << w->queue[i].image % 64;
        if (!(__atomic_load_n(word, __ATOMIC_RELAXED) & bit))
            __atomic_fetch_or(word, bit, __ATOMIC_RELAXED);
    }
    w->n_queue = 0;
}

static void mark_chunk(worker *w, uint64_t from, uint64_t to)
{
    for (uint64_t b = from; b < to; b++, fpli_cursor_next(w->cursor)) {
        fpli_cursor_runs(w->cursor, &w->runs);
        for (size_t r = 0; r < w->runs.n; r++) {
            const uint64_t image = w->runs.successor[r];
            entry *cached = &w->cache[cache_slot(image)];
            if (cached->image == image) continue;
            cached->image = image;
            w->queue[w->n_queue++].image = image;
            __builtin_prefetch(&w->im->bits[image / 64], 1);
        }
        if (w->n_queue >= BATCH) flush_marks(w);
    }
}

static fpl_status rank_images(images *im)
{
    const size_t n_ranks = im->n_words / WORDS_A_RANK;
    uint64_t n = 0;
    im->ranks = fpli_new(n_ranks, sizeof *im->ranks);
    if (im->ranks == NULL) return FPL_E_MEMORY;
    for (size_t r = 0; r < n_ranks; r++) {
        im->ranks[r] = (uint32_t)n;
        for (size_t w = 0; w < WORDS_A_RANK; w++)
            n += (uint64_t)__builtin_popcountll(im->bits[r * WORDS_A_RANK + w]);
    }
    if (n >= UINT32_MAX) return FPL_E_UNSUPPORTED;
    im->orbits.n = (uint32_t)n;
    return FPL_OK;
}

/* Without a popcnt instruction in the base set of x86-64 the compiler would call a function. */
static uint32_t ones(uint64_t bits)
{
    bits -= bits >> 1 & 0x5555555555555555u;
    bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
    bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
    return (uint32_t)(bits * 0x0101010101010101u >> 56);
}

static uint32_t rank_of(const images *im, uint64_t state)
{
    const size_t word = (size_t)(state / 64), first = word / WORDS_A_RANK * WORDS_A_RANK;
    uint32_t rank = im->ranks[word / WORDS_A_RANK];
    for (size_t w = first; w < word; w++) rank += ones(im->bits[w]);
    return rank + ones(im->bits[word] & (((uint64_t)1 << state % 64) - 1));
}

/* ---- pass 2: successors of images ---------------------------------------------------------- */

static bool has_image(const images *im, uint64_t from, uint64_t to)
{
    for (uint64_t word = from / 64; word <= (to - 1) / 64; word++) {
        uint64_t bits = im->bits[word];
        if (word == from / 64) bits &= ~(uint64_t)0 << from % 64;
        if (word == (to - 1) / 64 && to % 64 != 0) bits &= ((uint64_t)1 << to % 64) - 1;
        if (bits != 0) return true;
    }
    return false;
}

static void link_chunk(worker *w, uint64_t from, uint64_t to)
{
    images *im = w->im;
    const uint64_t states = fpli_blocks_states(im->blocks);
    uint32_t rank = rank_of(im, from * states);
    for (uint64_t b = from; b < to; b++, fpli_cursor_next(w->cursor)) {
        const uint64_t first = b * states;
        if (!has_image(im, first, first + states)) continue;
        fpli_cursor_runs(w->cursor, &w->runs);
        for (size_t r = 0; r < w->runs.n; r++) {
            uint32_t to_rank = UINT32_MAX;
            for (uint64_t x = first + w->runs.start[r]; x < first + w->runs.start[r + 1];
                 x++) {
                if (!(im->bits[x / 64] >> x % 64 & 1)) continue;
                if (to_rank == UINT32_MAX) to_rank = rank_of(im, w->runs.successor[r]);
                if (to_rank >= im->orbits.n) { /* a checkpoint that leaves out images */
                    give_up(im, FPL_E_SYNTAX, FPL_COMPLETE);
                    return;
                }
                im->orbits.next[rank++] = to_rank;
            }
        }
    }
}

static void flush_nothing(worker *w)
{
    (void)w;
}

/* ---- pass 4: weights ----------------------------------------------------------------------- */

/* In three rounds, so that the tables are fetched while the next entry is looked at. */
static void flush_weights(worker *w)
{
    fpli_orbits *orbits = &w->im->orbits;
    for (size_t i = 0; i < w->n_queue; i++) {
        w->queue[i].image = rank_of(w->im, w->queue[i].image);
        if (w->queue[i].image >= orbits->n) {
            give_up(w->im, FPL_E_SYNTAX, FPL_COMPLETE);
            w->n_queue = 0;
            return;
        }
        __builtin_prefetch(&orbits->slot[w->queue[i].image]);
    }
    for (size_t i = 0; i < w->n_queue; i++) {
        w->queue[i].image = orbits->slot[w->queue[i].image];
        __builtin_prefetch(&orbits->counts[w->queue[i].image], 1);
    }
    for (size_t i = 0; i < w->n_queue; i++)
        __atomic_fetch_add(&orbits->counts[w->queue[i].image], w->queue[i].weight,
                           __ATOMIC_RELAXED);
    w->n_queue = 0;
}

static void put_off(worker *w, const entry *cached)
{
    __builtin_prefetch(&w->im->bits[cached->image / 64]);
    __builtin_prefetch(&w->im->ranks[cached->image / 64 / WORDS_A_RANK]);
    w->queue[w->n_queue++] = *cached;
    if (w->n_queue >= BATCH) flush_weights(w);
}

static void flush_cache(worker *w)
{
    for (size_t i = 0; i < CACHE; i++)
        if (w->cache[i].image != NO_IMAGE) put_off(w, &w->cache[i]);
    flush_weights(w);
}

static void weigh_chunk(worker *w, uint64_t from, uint64_t to)
{
    for (uint64_t b = from; b < to; b++, fpli_cursor_next(w->cursor)) {
        fpli_cursor_runs(w->cursor, &w->runs);
        for (size_t r = 0; r < w->runs.n; r++) {
            const uint64_t image = w->runs.successor[r];
            const uint64_t length = (uint64_t)w->runs.start[r + 1] - w->runs.start[r];
            entry *cached = &w->cache[cache_slot(image)];
            if (cached->image == image) {
                cached->weight += length;
                continue;
            }
            if (cached->image != NO_IMAGE) put_off(w, cached);
            *cached = (entry){image, length};
        }
    }
}

/* ---- the whole ----------------------------------------------------------------------------- */

/* The state with a rank: bisection over ranks, then word by word. */
static uint64_t state_of(const images *im, uint32_t rank)
{
    size_t low = 0, high = im->n_words / WORDS_A_RANK;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (im->ranks[middle] <= rank)
            low = middle;
        else
            high = middle;
    }
    uint32_t rest = rank - im->ranks[low];
    size_t word = low * WORDS_A_RANK;
    for (;; word++) {
        const uint32_t here = (uint32_t)__builtin_popcountll(im->bits[word]);
        if (rest < here) break;
        rest -= here;
    }
    uint64_t bits = im->bits[word];
    for (; rest > 0; rest--) bits &= bits - 1;
    return (uint64_t)word * 64 + (uint64_t)__builtin_ctzll(bits);
}

/* A start x with image y is one step and one place before y; a member itself has arrived. The counts
 * of y's place therefore belong to the place before, one step later. */
static fpl_status fill_phase(const images *im, uint32_t label, fpli_phase *phase)
{
    size_t n = 0;
    const uint32_t after = fpli_orbits_after(&im->orbits, label);
    const uint64_t *counts = fpli_orbits_counts(&im->orbits, after, &n);
    uint64_t *arrivals = fpli_new(n + 1, sizeof *arrivals);
    if (arrivals == NULL) return FPL_E_MEMORY;
    memcpy(arrivals + 1, counts, n * sizeof *arrivals);
    arrivals[0] = 1;
    arrivals[1]--;
    const fpl_status status = fpli_phase_set(phase, arrivals, n + 1);
    fpli_free(arrivals);
    return status;
}

static fpl_status list_cycles(const images *im, fpli_cycles *cycles)
{
    const fpli_orbits *g = &im->orbits;
    for (uint32_t first = 0; first < g->n_labels; first += g->cycle_length[first]) {
        const uint32_t length = g->cycle_length[first];
        fpli_cycle *cycle = fpli_cycles_add(cycles, length);
        if (cycle == NULL) return FPL_E_MEMORY;
        for (uint32_t p = 0; p < length; p++) {
            fpli_blocks_scenario(im->blocks, state_of(im, g->member[first + p]),
                                 cycle->members + p * cycles->n_descriptors);
            const fpl_status status = fill_phase(im, first + p, &cycle->phases[p]);
            if (status != FPL_OK) return status;
        }
    }
    return FPL_OK;
}

static size_t words_of(const fpli_blocks *blocks)
{
    const uint64_t bits = (uint64_t)WORDS_A_RANK * 64;
    return (size_t)((fpli_blocks_space(blocks) + bits - 1) / bits * WORDS_A_RANK);
}

uint64_t fpli_images_need(const fpli_blocks *blocks)
{
    if (fpli_blocks_space(blocks) == 0) return UINT64_MAX;
    const uint64_t words = words_of(blocks);
    return words * sizeof(uint64_t) + words / WORDS_A_RANK * sizeof(uint32_t);
}

static void images_clear(images *im)
{
    fpli_free(im->bits);
    fpli_free(im->ranks);
    fpli_orbits_clear(&im->orbits);
}

/* ---- keeping ------------------------------------------------------------------------------ */

static uint64_t n_slots(const images *im)
{
    return im->pass == WEIGH ? im->orbits.first_slot[im->orbits.n_labels] : 0;
}

/* Words that are not all zero, in pieces that say where they begin. */
static fpl_status keep_words(fpl_checkpoint *checkpoint, uint32_t part,
                             const uint64_t *words, uint64_t n)
{
    fpl_status status = FPL_OK;
    fpli_bytes record = {0};
    for (uint64_t from = 0; from < n && status == FPL_OK; from += PIECE) {
        const uint64_t to = n - from < PIECE ? n : from + PIECE;
        bool any = false;
        record.n = 0;
        fpli_bytes_put_number(&record, from, 8);
        for (uint64_t w = from; w < to; w++) {
            fpli_bytes_put_number(&record, words[w], 8);
            any = any || words[w] != 0;
        }
        if (any) status = fpli_checkpoint_append(checkpoint, part, &record);
    }
    fpli_bytes_clear(&record);
    return status;
}

static fpl_status keep(images *im)
{
    fpli_images_keeper *keeper = im->keeper;
    if (keeper == NULL || !fpli_checkpoint_is_due(keeper->checkpoint, &keeper->kept_ms))
        return FPL_OK;
    fpli_bytes record = {0};
    fpli_bytes_put_number(&record, keeper->island, 4);
    fpli_bytes_put_number(&record, im->pass, 1);
    fpli_bytes_put_number(&record, im->next, 8);
    fpli_cycles_put(&record, keeper->before, true);
    fpl_status status = fpli_checkpoint_restart(keeper->checkpoint);
    if (status == FPL_OK)
        status = fpli_checkpoint_append(keeper->checkpoint, FPLI_KEPT_ISLANDS, &record);
    if (status == FPL_OK)
        status = keep_words(keeper->checkpoint, FPLI_KEPT_BITS, im->bits, im->n_words);
    if (status == FPL_OK)
        status = keep_words(keeper->checkpoint, FPLI_KEPT_COUNTS, im->orbits.counts,
                            n_slots(im));
    if (status == FPL_OK) status = fpli_checkpoint_commit(keeper->checkpoint);
    fpli_bytes_clear(&record);
    return status;
}

typedef struct words {
    uint64_t *items;
    uint64_t n;
} words;

static fpl_status take_words(void *context, fpli_reader *reader)
{
    const words *to = context;
    uint64_t at = fpli_take_number(reader, 8);
    for (; reader->n > 0 && !reader->broken; at++) {
        if (at >= to->n) return FPL_E_SYNTAX;
        to->items[at] = fpli_take_number(reader, 8);
    }
    return FPL_OK;
}

static fpl_status take_up(images *im, uint32_t part, uint64_t *items, uint64_t n)
{
    words to = {items, n};
    if (im->keeper == NULL || im->keeper->pass == 0) return FPL_OK;
    return fpli_checkpoint_replay(im->keeper->checkpoint, part, take_words, &to);
}

/* Bits beyond the last state belong to nobody. */
static fpl_status check_bits(const images *im)
{
    const uint64_t space = fpli_blocks_space(im->blocks);
    for (uint64_t x = space; x < (uint64_t)im->n_words * 64; x++)
        if (im->bits[x / 64] >> x % 64 & 1) return FPL_E_SYNTAX;
    return FPL_OK;
}

/* ---- passes ------------------------------------------------------------------------------- */

static bool is_over(const images *im)
{
    return im->status != FPL_OK || im->stop != FPL_COMPLETE;
}

/* One pass, in rounds where something is kept between them. */
static void run_pass(images *im, pass number, const pass_work *work)
{
    const uint64_t n_chunks = chunks_of(im);
    const bool keeps = im->keeper != NULL && number != LINK;
    const uint64_t round = !keeps ? n_chunks
                           : fpli_checkpoint_is_hurried(im->keeper->checkpoint)
                               ? 1
                               : ROUND_CHUNKS;
    im->pass = number;
    im->next = 0;
    if (im->keeper != NULL && im->keeper->pass == (int)number) {
        im->next = im->keeper->next < n_chunks ? im->keeper->next : n_chunks;
        im->keeper->pass = 0; /* taken up */
    }
    while (im->next < n_chunks && !is_over(im)) {
        const uint64_t to = n_chunks - im->next < round ? n_chunks : im->next + round;
        sweep(im, work, im->next, to);
        im->next = to;
        if (keeps && !is_over(im)) im->status = keep(im);
    }
}

static fpl_status run(images *im, uint64_t memory, uint64_t *needed)
{
    static const pass_work mark = {mark_chunk, flush_marks, 0, 0.4};
    static const pass_work link = {link_chunk, flush_nothing, 0.4, 0.15};
    static const pass_work weigh = {weigh_chunk, flush_cache, 0.55, 0.45};
    fpl_status status = FPL_OK;
    im->n_words = words_of(im->blocks);
    *needed = fpli_images_need(im->blocks);
    if (*needed > memory) return FPL_E_UNSUPPORTED;
    im->bits = fpli_new(im->n_words, sizeof *im->bits);
    FPL_TRY(im->bits == NULL ? FPL_E_MEMORY : FPL_OK);
    FPL_TRY(take_up(im, FPLI_KEPT_BITS, im->bits, im->n_words));
    FPL_TRY(check_bits(im));
    if (im->keeper != NULL && im->keeper->pass != 0 && im->keeper->pass != MARK &&
        im->keeper->pass != WEIGH)
        return FPL_E_SYNTAX;
    const bool marked = im->keeper != NULL && im->keeper->pass == WEIGH;
    if (!marked) run_pass(im, MARK, &mark);
    if (is_over(im)) return im->status;
    FPL_TRY(rank_images(im));
    *needed += fpli_orbits_need(im->orbits.n);
    if (*needed > memory) return FPL_E_UNSUPPORTED;
    FPL_TRY(fpli_orbits_new(&im->orbits, im->orbits.n));
    run_pass(im, LINK, &link);
    if (is_over(im)) return im->status;
    FPL_TRY(fpli_orbits_settle(&im->orbits));
    im->pass = WEIGH;
    FPL_TRY(take_up(im, FPLI_KEPT_COUNTS, im->orbits.counts, n_slots(im)));
    run_pass(im, WEIGH, &weigh);
    return im->status;
out:
    return status;
}

fpl_status fpli_images_solve(const fpli_blocks *blocks, uint64_t memory,
                             fpli_watch *watch, fpli_images_keeper *keeper,
                             fpli_cycles *cycles, uint64_t *needed, fpl_stop *stop)
{
    images im = {.blocks = blocks, .watch = watch, .keeper = keeper};
    if (fpli_blocks_space(blocks) == 0) {
        *needed = UINT64_MAX;
        return FPL_E_UNSUPPORTED;
    }
    fpl_status status = run(&im, memory, needed);
    if (status == FPL_OK && im.stop == FPL_COMPLETE) status = list_cycles(&im, cycles);
    if (status == FPL_E_SYNTAX && keeper != NULL)
        status = fpli_checkpoint_refuse(keeper->checkpoint);
    *stop = im.stop;
    images_clear(&im);
    return status;
}
