/* Writing for good. */
#include "base/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The reasons that one meets; the others are named by the system. */
static const char *reason_text(int reason)
{
    switch (reason) {
    case ENOENT: return N_("No such file or directory");
    case EACCES: return N_("Permission denied");
    case EISDIR: return N_("Is a directory");
    case ENOTDIR: return N_("Not a directory");
    case ENOSPC: return N_("No space left on device");
    case EROFS: return N_("Read-only file system");
    case ENAMETOOLONG: return N_("File name too long");
    case EPIPE: return N_("Broken pipe");
    default: return strerror(reason);
    }
}

fpl_status fpli_fail_io(fpl_error *error, const char *path, const char *act, int reason)
{
    return fpli_fail_at(error, FPL_E_IO, path, (fpl_mark){0}, "%s: %s",
                        fpli_translated(error, act),
                        fpli_translated(error, reason_text(reason)));
}

int fpli_write_all(int handle, const void *bytes, size_t size)
{
    const char *at = bytes;
    while (size > 0) {
        ssize_t n = write(handle, at, size);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return errno;
        at += n;
        size -= (size_t)n;
    }
    return 0;
}

void fpli_sync_folder(const char *path)
{
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash == NULL)
        snprintf(folder, sizeof folder, ".");
    else
        slash[slash == folder] = '\0';
    int handle = open(folder, O_RDONLY | O_CLOEXEC);
    if (handle < 0) return;
    fsync(handle);
    close(handle);
}
