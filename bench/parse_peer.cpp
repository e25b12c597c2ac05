// The lengths of instruction, input and output of every line of a JSON Lines file by simdjson's on-demand parser, one thread, from a file that lies in memory: the
// limit of what parsing alone can reach, without reading, without rows that anybody holds. Lines that are no row are counted and left out.
//
//   g++ -O3 -march=native -std=c++17 bench/parse_peer.cpp -lsimdjson -o parse_peer && ./parse_peer FILE [ROUNDS]
//
// (Debian: libsimdjson-dev.) Two ways: a line at a time, and iterate_many, which finds the structure of a megabyte of lines at once. It gives up at a line that is
// cut off, so such lines are taken out of its copy first.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>
#include <simdjson.h>

namespace {

struct tally {
    size_t rows = 0;
    size_t length = 0;
    size_t refused = 0;
};

// Unescapes each text, as a reader that wants it must. Fields come in any order; absent ones count 0.
template <typename Document> bool add(Document &document, tally &into) {
    simdjson::ondemand::object row;
    if (document.get_object().get(row) != simdjson::SUCCESS) {
        return false;
    }
    size_t length = 0;
    for (auto next : row) {
        simdjson::ondemand::field field;
        std::string_view key;
        if (std::move(next).get(field) != simdjson::SUCCESS || field.unescaped_key().get(key) != simdjson::SUCCESS) {
            return false;
        }
        if (key == "instruction" || key == "input" || key == "output") {
            std::string_view text;
            const auto error = field.value().get_string().get(text);
            if (error == simdjson::SUCCESS) {
                length += text.size();
            } else if (error != simdjson::INCORRECT_TYPE) {
                return false;
            }
        }
    }
    into.rows++;
    into.length += length;
    return true;
}

// Appends the lines that are rows to sound where that is given.
tally by_line(const simdjson::padded_string &file, std::string *sound = nullptr) {
    tally result;
    simdjson::ondemand::parser parser;
    const char *at = file.data();
    const char *const end = at + file.size();
    while (at < end) {
        const void *found = std::memchr(at, '\n', static_cast<size_t>(end - at));
        const char *const stop = found ? static_cast<const char *>(found) : end;
        const size_t length = static_cast<size_t>(stop - at);
        if (length > 0) {
            // What follows the line in memory, and behind the last one the padding, is the padding of each line.
            simdjson::ondemand::document document;
            const simdjson::padded_string_view line(at, length, length + simdjson::SIMDJSON_PADDING);
            if (parser.iterate(line).get(document) != simdjson::SUCCESS || !add(document, result)) {
                result.refused++;
            } else if (sound) {
                sound->append(at, length).push_back('\n');
            }
        }
        at = stop + 1;
    }
    return result;
}

tally by_many(const simdjson::padded_string &file) {
    tally result;
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document_stream stream;
    if (parser.iterate_many(file, size_t(1) << 20).get(stream) != simdjson::SUCCESS) {
        return result;
    }
    for (auto document : stream) {
        if (document.error() != simdjson::SUCCESS || !add(document, result)) {
            result.refused++;
        }
    }
    return result;
}

template <typename Read> void measure(const char *name, const simdjson::padded_string &file, int rounds, Read read) {
    std::vector<double> seconds;
    tally last = read(file);
    for (int round = 0; round < rounds; round++) {
        const auto started = std::chrono::steady_clock::now();
        last = read(file);
        seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count());
    }
    std::sort(seconds.begin(), seconds.end());
    const double median = seconds[seconds.size() / 2];
    std::printf("| 1 | simdjson %s, from memory | %.0f | %.0f | %.2f | %zu | %zu | %zu refused |\n", name, static_cast<double>(file.size()) / 1e6 / median, static_cast<double>(last.rows) / median,
                median, last.rows, last.length, last.refused);
}

} // namespace

int main(int argc, char **argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: %s FILE [ROUNDS]\n", argv[0]);
        return 2;
    }
    const int rounds = argc > 2 ? std::max(1, std::atoi(argv[2])) : 5;
    auto loaded = simdjson::padded_string::load(argv[1]);
    if (loaded.error() != simdjson::SUCCESS) {
        std::fprintf(stderr, "%s: %s\n", argv[1], simdjson::error_message(loaded.error()));
        return 1;
    }
    const simdjson::padded_string file = std::move(loaded).value_unsafe();
    measure("a line at a time", file, rounds, [](const simdjson::padded_string &f) { return by_line(f); });
    std::string sound;
    by_line(file, &sound);
    measure("iterate_many", simdjson::padded_string(sound), rounds, by_many);
    return 0;
}
