/* Hysteresis, method.md M8.4: where a level stays when the drivers move on. */
#include "base/clock.h"
#include "base/mem.h"
#include "base/status.h"
#include "engine/settle.h"
#include "study/roadmap.h"

#include <fahrplan/loops.h>

#include <string.h>

enum { ROWS_MOST = 1024 };

struct fpl_hysteresis {
    fpl_level_set *levels; /* n lines of n */
    size_t n;
    fpl_stop stop;
};

typedef struct mover {
    const fpl_roadmap *roadmap;
    fpli_settler settler;
    fpl_fixing *held;
    uint16_t *z;
    size_t n; /* descriptors */
} mover;

/* Settle in a row from z; its levels. first: receives the first member; may be z. */
static fpl_status settle_in(mover *m, size_t row, const uint16_t *z, uint16_t *first,
                            fpl_level_set *levels)
{
    fpl_attractor a = {0};
    const int level = fpl_model_level(m->roadmap->model);
    fpli_row_fixings(m->roadmap, row, m->held);
    const fpl_status status = fpli_settle(&m->settler, m->held, m->roadmap->n_held, z, &a,
                                          NULL);
    if (status != FPL_OK) return status;
    *levels = 0;
    for (size_t i = 0; i < a.length; i++)
        *levels |= (fpl_level_set)1 << a.members[i * m->n + (size_t)level];
    if (first != NULL && a.length > 0) memcpy(first, a.members, m->n * sizeof *first);
    return FPL_OK;
}

static fpl_status fill(mover *m, const fpl_limits *limits, fpl_hysteresis *h)
{
    fpl_status status = FPL_OK;
    fpli_watch watch;
    fpli_watch_start(&watch, limits);
    for (size_t x = 0; x < h->n && status == FPL_OK; x++) {
        fpl_level_set *line = h->levels + x * h->n;
        if (h->stop == FPL_COMPLETE) h->stop = fpli_watch_look(&watch);
        if (h->stop != FPL_COMPLETE) break;
        status = settle_in(m, x, m->roadmap->start, m->z, &line[x]);
        for (size_t y = 0; y < h->n && status == FPL_OK; y++)
            if (y != x) status = settle_in(m, y, m->z, NULL, &line[y]);
    }
    return status;
}

fpl_status fpl_hysteresis_compute(const fpl_roadmap *roadmap,
                                  const fpl_dynamics *dynamics, const fpl_limits *limits,
                                  fpl_hysteresis **hysteresis, fpl_error *error)
{
    fpl_status status = FPL_OK;
    mover m = {.roadmap = roadmap, .n = (size_t)fpl_model_n_descriptors(roadmap->model)};
    fpl_hysteresis *h = NULL;
    if (roadmap->n_rows > ROWS_MOST)
        return fpli_fail(error, FPL_E_UNSUPPORTED,
                         "a hysteresis table of %zu rows is too large; at most %d",
                         roadmap->n_rows, ROWS_MOST);
    h = fpli_new(1, sizeof *h);
    m.held = fpli_new((size_t)roadmap->n_held, sizeof *m.held);
    m.z = fpli_new(m.n, sizeof *m.z);
    FPL_TRY(h == NULL || m.held == NULL || m.z == NULL ? FPL_E_MEMORY : FPL_OK);
    h->n = roadmap->n_rows;
    h->levels = fpli_new(h->n * h->n, sizeof *h->levels);
    FPL_TRY(h->levels == NULL ? FPL_E_MEMORY : FPL_OK);
    FPL_TRY(fpli_settler_new(&m.settler, roadmap->model, dynamics, error));
    FPL_TRY(fill(&m, limits, h));
    *hysteresis = h;
    h = NULL;
out:
    fpl_hysteresis_free(h);
    fpli_settler_clear(&m.settler);
    fpli_free(m.held);
    fpli_free(m.z);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_hysteresis_free(fpl_hysteresis *hysteresis)
{
    if (hysteresis == NULL) return;
    fpli_free(hysteresis->levels);
    fpli_free(hysteresis);
}

fpl_level_set fpl_hysteresis_get(const fpl_hysteresis *hysteresis, size_t x, size_t y)
{
    return hysteresis->levels[x * hysteresis->n + y];
}

bool fpl_hysteresis_is_locked(const fpl_hysteresis *hysteresis, size_t x, size_t y)
{
    const fpl_level_set before = fpl_hysteresis_get(hysteresis, x, x);
    const fpl_level_set after = fpl_hysteresis_get(hysteresis, x, y);
    return after != 0 && after == before && after != fpl_hysteresis_get(hysteresis, y, y);
}

size_t fpl_hysteresis_n_locked(const fpl_hysteresis *hysteresis)
{
    size_t n = 0;
    for (size_t x = 0; x < hysteresis->n; x++)
        for (size_t y = 0; y < hysteresis->n; y++)
            n += fpl_hysteresis_is_locked(hysteresis, x, y);
    return n;
}

fpl_stop fpl_hysteresis_stop(const fpl_hysteresis *hysteresis)
{
    return hysteresis->stop;
}
