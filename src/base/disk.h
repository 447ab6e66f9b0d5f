/* The few things that writing to a disk for good takes, and complaints about it. */
#ifndef FPLI_DISK_H
#define FPLI_DISK_H

#include "base/status.h"

/* act: what could not be done ("cannot write"); reason: an errno. Returns FPL_E_IO. */
fpl_status fpli_fail_io(fpl_error *error, const char *path, const char *act, int reason);

/* Write all bytes at the handle's place; 0 or the errno. */
int fpli_write_all(int handle, const void *bytes, size_t size);

/* Make a renaming in the folder of a file last. Some file systems cannot; what is in the file is safe
 * all the same. */
void fpli_sync_folder(const char *path);

#endif
