/* Feeds every file of a folder to a fuzz target. Fails if there is none. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) return 0;
    size_t room = 1 << 22;
    uint8_t *data = malloc(room);
    if (data == NULL) abort();
    size_t size = fread(data, 1, room, file);
    fclose(file);
    uint8_t *exact = malloc(size == 0 ? 1 : size); /* reading past the end is an error */
    if (exact == NULL) abort();
    for (size_t i = 0; i < size; i++) exact[i] = data[i];
    free(data);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    return 1;
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    DIR *folder = opendir(argv[1]);
    if (folder == NULL) return 2;
    int n = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char path[4096];
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
        n += replay(path);
    }
    closedir(folder);
    printf("%d inputs\n", n);
    return n > 0 ? 0 : 1;
}
