/* The file: open, check, append, replace. Written with plain writes, so that what was written outlives
 * the process; every few seconds it is also brought to the disk itself. */
#include "base/checkpoint.h"

#include "base/clock.h"
#include "base/disk.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    EVERY_MS = 1000,
    SYNC_EVERY_MS = 5000,
    LOCK_PATIENCE_MS = 1000,
    COST_FACTOR = 10, /* replacing may take a tenth of the time */
    HEAD_MOST = 512,
    RECORD_HEAD = 4 + 8 + 8, /* part, size, sum */
    PIECE = 65536
};

#define FORMAT "fahrplan checkpoint 1"

typedef struct entry { /* a record of the file as it was found */
    uint32_t part;
    uint64_t at, size; /* of what follows its head */
} entry;

struct fpl_checkpoint {
    char *path, *temporary;
    int handle; /* -1: there is no file yet */
    int fresh;  /* the file that will replace it; -1: none */
    char head[HEAD_MOST];
    entry *entries;
    size_t n, capacity;
    uint64_t size;    /* bytes that are good */
    bool used, begun; /* by a call; still at work */
    bool misfit, hurried;
    bool holds_work; /* the file under its own name, not a fresh one */
    uint64_t fail_at;
    int reason; /* errno of the first failure */
    int64_t every_ms, synced_ms, restarted_ms;
};

/* ---- reading ------------------------------------------------------------------------------ */

/* At most n bytes from a place: how many there were. */
static size_t read_at(int handle, uint64_t at, void *items, size_t n)
{
    size_t done = 0;
    while (done < n) {
        const ssize_t got = pread(handle, (char *)items + done, n - done,
                                  (off_t)(at + done));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        done += (size_t)got;
    }
    return done;
}

static uint64_t sum_of_head(const unsigned char *head)
{
    return fpli_sum(FPLI_SUM, head, RECORD_HEAD - 8);
}

/* Whether the bytes behind a record's head are there and undamaged. */
static bool is_whole(int handle, const entry *e, uint64_t file_size, uint64_t sum,
                     uint64_t due)
{
    unsigned char piece[PIECE];
    if (e->size > file_size - e->at) return false;
    for (uint64_t done = 0; done < e->size;) {
        const uint64_t left = e->size - done;
        const size_t n = left < PIECE ? (size_t)left : PIECE;
        if (read_at(handle, e->at + done, piece, n) != n) return false;
        sum = fpli_sum(sum, piece, n);
        done += n;
    }
    return sum == due;
}

/* All records up to the first that is not whole: a write that was cut short. */
static fpl_status index_records(fpl_checkpoint *c, uint64_t file_size)
{
    for (;;) {
        unsigned char head[RECORD_HEAD];
        if (file_size - c->size < RECORD_HEAD ||
            read_at(c->handle, c->size, head, sizeof head) != sizeof head)
            return FPL_OK;
        fpli_reader reader = {head, sizeof head, false};
        entry e = {.part = (uint32_t)fpli_take_number(&reader, 4),
                   .size = fpli_take_number(&reader, 8),
                   .at = c->size + RECORD_HEAD};
        if (!is_whole(c->handle, &e, file_size, sum_of_head(head),
                      fpli_take_number(&reader, 8)))
            return FPL_OK;
        if (!fpli_grow((void **)&c->entries, c->n, &c->capacity, sizeof *c->entries))
            return FPL_E_MEMORY;
        c->entries[c->n++] = e;
        c->size = e.at + e.size;
    }
}

/* The head is text and ends with an empty line. */
static bool read_head(fpl_checkpoint *c)
{
    const size_t n = read_at(c->handle, 0, c->head, sizeof c->head - 1);
    c->head[n] = '\0';
    char *end = strstr(c->head, "\n\n");
    if (end == NULL) return false;
    end[2] = '\0';
    c->size = (uint64_t)strlen(c->head);
    return strncmp(c->head, "fahrplan checkpoint ", strlen("fahrplan checkpoint ")) == 0;
}

/* A process that was killed may take a moment to die. False: the file is in use. */
static bool lock(int handle)
{
    const int64_t start = fpli_clock_ms();
    while (flock(handle, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) return true; /* no locks here */
        if (fpli_clock_ms() - start > LOCK_PATIENCE_MS) return false;
        fpli_clock_pause();
    }
    return true;
}

static fpl_status take_file(fpl_checkpoint *c, fpl_error *error)
{
    struct stat now, named;
    if (!lock(c->handle))
        return fpli_fail_at(error, FPL_E_UNSUPPORTED, c->path, (fpl_mark){0},
                            "another run is working with this checkpoint");
    if (fstat(c->handle, &now) != 0)
        return fpli_fail_io(error, c->path, "cannot read", errno);
    if (stat(c->path, &named) != 0 || named.st_ino != now.st_ino)
        return fpli_fail_at(error, FPL_E_UNSUPPORTED, c->path, (fpl_mark){0},
                            "another run is working with this checkpoint");
    if (!S_ISREG(now.st_mode) || (now.st_size > 0 && !read_head(c)))
        return fpli_fail_at(error, FPL_E_SYNTAX, c->path, (fpl_mark){0},
                            "this file is not a checkpoint; it is left as it is");
    if (now.st_size > 0) {
        const fpl_status status = index_records(c, (uint64_t)now.st_size);
        c->holds_work = c->n > 0;
        return status;
    }
    close(c->handle); /* an empty file: as good as none */
    c->handle = -1;
    return FPL_OK;
}

/* To the disk itself: against a loss of power. */
static int sync_file(const fpl_checkpoint *c, int handle)
{
    return c->hurried ? 0 : fsync(handle);
}

static void discard(fpl_checkpoint *c)
{
    if (c->handle >= 0) close(c->handle);
    if (c->fresh >= 0) close(c->fresh);
    fpli_free(c->path);
    fpli_free(c->temporary);
    fpli_free(c->entries);
    fpli_free(c);
}

fpl_status fpl_checkpoint_open(const char *path, fpl_checkpoint **checkpoint,
                               fpl_error *error)
{
    const size_t n = strlen(path) + sizeof ".new";
    fpl_checkpoint *c = fpli_new(1, sizeof *c);
    if (c == NULL) return fpli_no_memory(error);
    c->fresh = c->handle = -1;
    c->every_ms = EVERY_MS;
    c->path = fpli_strdup(path);
    c->temporary = fpli_new(n, 1);
    fpl_status status = c->path == NULL || c->temporary == NULL ? FPL_E_MEMORY : FPL_OK;
    if (status == FPL_OK) {
        snprintf(c->temporary, n, "%s.new", path);
        c->handle = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK);
        if (c->handle >= 0)
            status = take_file(c, error);
        else if (errno != ENOENT)
            status = fpli_fail_io(error, path, "cannot open", errno);
    }
    if (status == FPL_OK)
        *checkpoint = c;
    else
        discard(c);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

bool fpl_checkpoint_is_resumed(const fpl_checkpoint *checkpoint)
{
    return checkpoint->handle >= 0 && !checkpoint->used;
}

void fpl_checkpoint_close(fpl_checkpoint *checkpoint, bool finished)
{
    if (checkpoint == NULL) return;
    const bool goes = checkpoint->used && (finished || !checkpoint->holds_work);
    if (checkpoint->fresh >= 0 || goes) unlink(checkpoint->temporary);
    if (goes) unlink(checkpoint->path);
    if (checkpoint->handle >= 0 && !goes) sync_file(checkpoint, checkpoint->handle);
    discard(checkpoint);
}

/* ---- writing ------------------------------------------------------------------------------ */

static fpl_status note(fpl_checkpoint *c, int reason)
{
    if (reason == 0) return FPL_OK;
    if (c->reason == 0) c->reason = reason;
    return FPL_E_IO;
}

static void put_little(unsigned char *bytes, uint64_t number, int size)
{
    for (int i = 0; i < size; i++) bytes[i] = (unsigned char)(number >> 8 * i);
}

static int write_record(fpl_checkpoint *c, uint32_t part, const fpli_bytes *bytes)
{
    const int handle = c->fresh >= 0 ? c->fresh : c->handle;
    const int64_t now = fpli_clock_ms();
    unsigned char head[RECORD_HEAD];
    put_little(head, part, 4);
    put_little(head + 4, bytes->n, 8);
    put_little(head + 12, fpli_sum(sum_of_head(head), bytes->items, bytes->n), 8);
    int reason = fpli_write_all(handle, head, sizeof head);
    if (reason == 0) reason = fpli_write_all(handle, bytes->items, bytes->n);
    c->size += RECORD_HEAD + bytes->n;
    if (reason == 0 && c->fresh < 0) c->holds_work = true;
    if (reason == 0 && c->fresh < 0 && now - c->synced_ms >= SYNC_EVERY_MS) {
        if (sync_file(c, handle) != 0) reason = errno;
        c->synced_ms = fpli_clock_ms();
    }
    return reason;
}

fpl_status fpli_checkpoint_append(fpl_checkpoint *checkpoint, uint32_t part,
                                  const fpli_bytes *bytes)
{
    fpl_status status = FPL_E_MEMORY;
    if (bytes->broken) return status;
#pragma omp critical(fpli_checkpoint)
    {
        int reason = checkpoint->reason;
        if (checkpoint->fail_at > 0 && --checkpoint->fail_at == 0) reason = ENOSPC;
        if (reason == 0) reason = write_record(checkpoint, part, bytes);
        status = note(checkpoint, reason);
    }
    return status;
}

fpl_status fpli_checkpoint_restart(fpl_checkpoint *checkpoint)
{
    fpl_checkpoint *c = checkpoint;
    c->restarted_ms = fpli_clock_ms();
    c->fresh = open(c->temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (c->fresh < 0) return note(c, errno);
    if (!lock(c->fresh)) return note(c, EBUSY);
    c->size = (uint64_t)strlen(c->head);
    return note(c, fpli_write_all(c->fresh, c->head, strlen(c->head)));
}

fpl_status fpli_checkpoint_commit(fpl_checkpoint *checkpoint)
{
    fpl_checkpoint *c = checkpoint;
    if (c->reason != 0) return FPL_E_IO;
    if (sync_file(c, c->fresh) != 0 || rename(c->temporary, c->path) != 0)
        return note(c, errno);
    if (!c->hurried) fpli_sync_folder(c->path);
    if (c->handle >= 0) close(c->handle);
    c->handle = c->fresh;
    c->fresh = -1;
    c->holds_work = c->size > strlen(c->head);
    c->synced_ms = fpli_clock_ms();
    const int64_t cost = c->synced_ms - c->restarted_ms;
    c->every_ms = cost * COST_FACTOR > EVERY_MS ? cost * COST_FACTOR : EVERY_MS;
    return FPL_OK;
}

/* ---- a call ------------------------------------------------------------------------------- */

/* What stands behind a key of the head. */
static void value_of(const char *head, const char *key, char *value, size_t size)
{
    const char *at = strstr(head, key);
    const size_t n = at == NULL ? 0 : strcspn(at + strlen(key), " \n");
    snprintf(value, size, "%.*s", (int)n, at == NULL ? "" : at + strlen(key));
}

static bool says(const fpl_checkpoint *c, const char *key, const char *due, char *value,
                 size_t size)
{
    value_of(c->head, key, value, size);
    return strcmp(value, due) == 0;
}

/* The end of each refusal. */
static fpl_status advise(fpl_error *error)
{
    fpli_note(error, (fpl_mark){0}, "remove the file to begin anew, or name another one");
    return FPL_E_UNSUPPORTED;
}

static fpl_status check_head(const fpl_checkpoint *c, const fpli_binding *binding,
                             fpl_error *error)
{
    char value[HEAD_MOST];
    const fpl_mark nowhere = {0};
    const size_t first_line = strlen(FORMAT "\n");
    if (strncmp(c->head, FORMAT "\n", first_line) != 0 ||
        !says(c, "\nversion ", binding->version, value, sizeof value))
        fpli_fail_at(error, FPL_E_UNSUPPORTED, c->path, nowhere,
                     "the checkpoint was written by another version, '%s'", value);
    else if (!says(c, "\nmodel ", binding->model, value, sizeof value))
        fpli_fail_at(error, FPL_E_UNSUPPORTED, c->path, nowhere,
                     "the checkpoint belongs to another model, with digest %s", value);
    else if (!says(c, "\ntask ", binding->task, value, sizeof value))
        fpli_fail_at(error, FPL_E_UNSUPPORTED, c->path, nowhere,
                     "the checkpoint belongs to another command, '%s'", value);
    else if (!says(c, "\nquestion ", binding->question, value, sizeof value))
        fpli_fail_at(error, FPL_E_UNSUPPORTED, c->path, nowhere,
                     "the checkpoint belongs to the same command with other options");
    else
        return FPL_OK;
    return advise(error);
}

/* Cut off what is damaged, so that records can be appended. */
static fpl_status go_on(fpl_checkpoint *c)
{
    if (ftruncate(c->handle, (off_t)c->size) != 0 ||
        lseek(c->handle, (off_t)c->size, SEEK_SET) < 0)
        return note(c, errno);
    return FPL_OK;
}

fpl_status fpli_checkpoint_begin(const fpl_limits *limits, const fpli_binding *binding,
                                 fpl_error *error)
{
    fpl_checkpoint *c = limits == NULL ? NULL : limits->checkpoint;
    if (c == NULL) return FPL_OK;
    if (c->used) return fpli_fail(error, FPL_E_ARGUMENT, "a checkpoint serves one call");
    fpl_status status = FPL_OK;
    if (c->handle >= 0) {
        status = check_head(c, binding, error);
        if (status != FPL_OK) return status;
        status = go_on(c);
    } else {
        snprintf(c->head, sizeof c->head,
                 FORMAT "\nversion %s\nmodel %s\ntask %s\nquestion %s\n\n",
                 binding->version, binding->model, binding->task, binding->question);
        status = fpli_checkpoint_restart(c);
        if (status == FPL_OK) status = fpli_checkpoint_commit(c);
    }
    c->used = c->begun = status == FPL_OK;
    return c->begun ? FPL_OK : fpli_checkpoint_end(limits, status, error);
}

fpl_status fpli_checkpoint_end(const fpl_limits *limits, fpl_status status,
                               fpl_error *error)
{
    fpl_checkpoint *c = limits == NULL ? NULL : limits->checkpoint;
    if (c == NULL) return status;
    c->begun = false;
    if (c->reason != 0)
        return fpli_fail_io(error, c->path, "cannot write the checkpoint", c->reason);
    if (!c->misfit) return status;
    fpli_fail_at(error, FPL_E_UNSUPPORTED, c->path, (fpl_mark){0},
                 "what the checkpoint holds does not fit the question");
    return advise(error);
}

fpl_checkpoint *fpli_checkpoint_of(const fpl_limits *limits)
{
    fpl_checkpoint *c = limits == NULL ? NULL : limits->checkpoint;
    return c != NULL && c->begun ? c : NULL;
}

fpl_status fpli_checkpoint_replay(fpl_checkpoint *checkpoint, uint32_t part,
                                  fpl_status (*take)(void *context, fpli_reader *reader),
                                  void *context)
{
    fpl_status status = FPL_OK;
    unsigned char *bytes = NULL;
    for (size_t i = 0; i < checkpoint->n && status == FPL_OK; i++) {
        const entry *e = &checkpoint->entries[i];
        const size_t n = (size_t)e->size;
        if (e->part != part) continue;
        unsigned char *larger = fpli_resize(bytes, n + 1, 1);
        if (larger == NULL) {
            status = FPL_E_MEMORY;
            break;
        }
        bytes = larger;
        fpli_reader reader = {bytes, n,
                              read_at(checkpoint->handle, e->at, bytes, n) != n};
        status = take(context, &reader);
        if (status == FPL_OK && (reader.broken || reader.n > 0)) status = FPL_E_SYNTAX;
    }
    fpli_free(bytes);
    return status == FPL_E_SYNTAX ? fpli_checkpoint_refuse(checkpoint) : status;
}

fpl_status fpli_checkpoint_refuse(fpl_checkpoint *checkpoint)
{
    checkpoint->misfit = true;
    return FPL_E_SYNTAX;
}

bool fpli_checkpoint_is_due(const fpl_checkpoint *checkpoint, int64_t *last_ms)
{
    const int64_t now = fpli_clock_ms();
    if (!checkpoint->hurried && now - *last_ms < checkpoint->every_ms) return false;
    *last_ms = now;
    return true;
}

uint64_t fpli_checkpoint_size(const fpl_checkpoint *checkpoint)
{
    return checkpoint->size;
}

void fpli_checkpoint_hurry(fpl_checkpoint *checkpoint, uint64_t fail_at)
{
    checkpoint->hurried = true;
    checkpoint->fail_at = fail_at;
}

bool fpli_checkpoint_is_hurried(const fpl_checkpoint *checkpoint)
{
    return checkpoint->hurried;
}
