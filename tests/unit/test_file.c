/* Whole files: what is written is read; links, permissions and failures. */
#define _XOPEN_SOURCE 700 /* mkdtemp, symlink */
#include "support/check.h"

#include <fahrplan/io.h>

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "file-test-XXXXXX";
static char path[64], link_path[64];

static int make_folder(void **state)
{
    (void)state;
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    if (mkdtemp(folder) == NULL) return -1;
    snprintf(path, sizeof path, "%s/a", folder);
    snprintf(link_path, sizeof link_path, "%s/b", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(path);
    unlink(link_path);
    return rmdir(folder); /* fails if a temporary file was left behind */
}

static void expect_text(const char *name, const char *expected, size_t expected_size)
{
    char *text = NULL;
    size_t size = 0;
    assert_int_equal(fpl_file_read(name, &text, &size, NULL), FPL_OK);
    assert_int_equal(size, expected_size);
    assert_memory_equal(text, expected, size + 1); /* ends with zero */
    fpl_string_free(text);
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    assert_int_equal(fpl_file_write(path, "a\0b", 3, NULL), FPL_OK);
    expect_text(path, "a\0b", 3);
    assert_int_equal(fpl_file_write(path, "", 0, NULL), FPL_OK);
    expect_text(path, "", 0);
    size_t size = 300000;
    char *large = calloc(size + 1, 1);
    assert_non_null(large);
    memset(large, 'x', size);
    assert_int_equal(fpl_file_write(path, large, size, NULL), FPL_OK);
    expect_text(path, large, size);
    free(large);
}

static void links_and_permissions_stay(void **state)
{
    (void)state;
    struct stat before, after;
    assert_int_equal(fpl_file_write(path, "old", 3, NULL), FPL_OK);
    assert_int_equal(chmod(path, 0640), 0);
    assert_int_equal(symlink("a", link_path), 0);
    assert_int_equal(stat(path, &before), 0);
    assert_int_equal(fpl_file_write(link_path, "new", 3, NULL), FPL_OK);
    expect_text(path, "new", 3);
    assert_int_equal(lstat(link_path, &after), 0);
    assert_true(S_ISLNK(after.st_mode));
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(after.st_mode & 07777, 0640);
    assert_true(after.st_ino != before.st_ino); /* replaced, not overwritten */
}

static void failures_name_the_file(void **state)
{
    (void)state;
    char *text = NULL;
    size_t size = 0;
    fpl_error error = {0};
    assert_int_equal(fpl_file_read(path, &text, &size, &error), FPL_E_IO);
    assert_string_equal(error.file, path);
    assert_string_equal(error.message, "cannot open: No such file or directory");
    assert_int_equal(fpl_file_read(folder, &text, &size, &error), FPL_E_IO);
    assert_int_equal(fpl_file_write(folder, "x", 1, &error), FPL_E_IO);
    assert_int_equal(fpl_file_write("nowhere/at/all", "x", 1, &error), FPL_E_IO);
    assert_string_equal(error.file, "nowhere/at/all");
    assert_null(text);
}

static void devices_are_written_to_and_stay_devices(void **state)
{
    (void)state;
    struct stat after;
    assert_int_equal(fpl_file_write("/dev/null", "x", 1, NULL), FPL_OK);
    assert_int_equal(stat("/dev/null", &after), 0);
    assert_true(S_ISCHR(after.st_mode));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_written_is_read),
        TEST(links_and_permissions_stay),
        TEST(failures_name_the_file),
        TEST(devices_are_written_to_and_stay_devices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
