/* Whole files in and out. A file is written beside its target and renamed when it is
 * complete on disk, so that whoever reads sees the old text or the new one, never half of
 * either. */
#define _XOPEN_SOURCE 700 /* realpath; NOLINT(bugprone-reserved-identifier) */
#include "base/disk.h"
#include "base/mem.h"
#include "base/status.h"
#include "base/text.h"

#include <fahrplan/io.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_ROOM = 65536, TEMPORARY_NAMES = 100 };

/* ---- reading ----------------------------------------------------------------------- */

static fpl_status read_all(int handle, const char *path, char **text, size_t *size,
                           fpl_error *error)
{
    size_t room = FIRST_ROOM, used = 0;
    char *bytes = fpli_new(room, 1);
    if (bytes == NULL) return fpli_no_memory(error);
    for (;;) {
        ssize_t n = read(handle, bytes + used, room - used - 1);
        if (n == 0) break;
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) {
            fpli_free(bytes);
            return fpli_fail_io(error, path, "cannot read", errno);
        }
        used += (size_t)n;
        if (used > FPL_FILE_MAX) {
            fpli_free(bytes);
            return fpli_fail_at(error, FPL_E_IO, path, (fpl_mark){0},
                                "the file is larger than %u MiB", FPL_FILE_MAX >> 20);
        }
        if (room - used > 1) continue;
        char *grown = fpli_resize(bytes, room * 2, 1);
        if (grown == NULL) {
            fpli_free(bytes);
            return fpli_no_memory(error);
        }
        bytes = grown;
        room *= 2;
    }
    bytes[used] = '\0';
    *text = bytes;
    *size = used;
    return FPL_OK;
}

fpl_status fpl_file_read(const char *path, char **text, size_t *size, fpl_error *error)
{
    if (strcmp(path, "-") == 0) return read_all(STDIN_FILENO, path, text, size, error);
    int handle = open(path, O_RDONLY | O_CLOEXEC);
    if (handle < 0) return fpli_fail_io(error, path, "cannot open", errno);
    fpl_status status = read_all(handle, path, text, size, error);
    close(handle);
    return status;
}

/* ---- writing ----------------------------------------------------------------------- */

static fpl_status write_standard_output(const char *text, size_t size, fpl_error *error)
{
    if (fwrite(text, 1, size, stdout) != size || fflush(stdout) != 0)
        return fpli_fail_io(error, "-", "cannot write", errno);
    return FPL_OK;
}

/* Devices and pipes cannot be replaced, only written to. */
static fpl_status write_through(const char *path, const char *text, size_t size,
                                fpl_error *error)
{
    int handle = open(path, O_WRONLY | O_CLOEXEC);
    if (handle < 0) return fpli_fail_io(error, path, "cannot open", errno);
    int reason = fpli_write_all(handle, text, size);
    if (close(handle) != 0 && reason == 0) reason = errno;
    return reason == 0 ? FPL_OK : fpli_fail_io(error, path, "cannot write", reason);
}

/* Create a file that is not there yet, with a name like the target's. -1 and errno on
 * failure. */
static int open_temporary(const char *target, char *name, size_t room)
{
    for (int i = 0; i < TEMPORARY_NAMES; i++) {
        if ((size_t)snprintf(name, room, "%s.%ld-%d~", target, (long)getpid(), i) >=
            room) {
            errno = ENAMETOOLONG;
            return -1;
        }
        int handle = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (handle >= 0 || errno != EEXIST) return handle;
    }
    return -1;
}

static int replace(const char *target, const struct stat *before, const char *text,
                   size_t size)
{
    char temporary[PATH_MAX + 64];
    int handle = open_temporary(target, temporary, sizeof temporary);
    if (handle < 0) return errno;
    int reason = 0;
    if (before != NULL && fchmod(handle, before->st_mode & 07777) != 0) reason = errno;
    if (reason == 0) reason = fpli_write_all(handle, text, size);
    if (reason == 0 && fsync(handle) != 0) reason = errno;
    if (close(handle) != 0 && reason == 0) reason = errno;
    if (reason == 0 && rename(temporary, target) != 0) reason = errno;
    if (reason != 0)
        unlink(temporary);
    else
        fpli_sync_folder(target);
    return reason;
}

fpl_status fpl_file_write(const char *path, const char *text, size_t size,
                          fpl_error *error)
{
    if (strcmp(path, "-") == 0) return write_standard_output(text, size, error);
    struct stat before;
    bool exists = stat(path, &before) == 0;
    if (exists && S_ISDIR(before.st_mode))
        return fpli_fail_io(error, path, "cannot write", EISDIR);
    if (exists && !S_ISREG(before.st_mode)) return write_through(path, text, size, error);
    if (exists && access(path, W_OK) != 0)
        return fpli_fail_io(error, path, "cannot write", errno);
    char target[PATH_MAX]; /* a link stays a link: what it points to is replaced */
    if (!exists || realpath(path, target) == NULL) {
        if ((size_t)snprintf(target, sizeof target, "%s", path) >= sizeof target)
            return fpli_fail_io(error, path, "cannot write", ENAMETOOLONG);
    }
    int reason = replace(target, exists ? &before : NULL, text, size);
    return reason == 0 ? FPL_OK : fpli_fail_io(error, path, "cannot write", reason);
}
