#pragma once

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "clients/postgres.h"

// tests/database/server, one for the whole program: it ends when the pipe to its standard input closes, however we end.
class Database {
 public:
  static Database& server() {
    static Database one("new");
    return one;
  }
  // PostgreSQL 10 without contrib. Nothing where it can't be had; tests/database/old says why.
  static std::unique_ptr<Database> old() try {
    return std::unique_ptr<Database>(new Database("old"));
  } catch (std::runtime_error const&) {
    return nullptr;
  }
  std::string port, folder;

  // A login over TCP; `more` goes on top.
  clients::Postgres::Settings login(std::string const& role, std::string const& password, std::string const& database,
                                    clients::Postgres::Settings const& more = {}) const {
    clients::Postgres::Settings settings{{"host", "127.0.0.1"}, {"port", port}, {"user", role}, {"dbname", database}};
    if (!password.empty()) settings.emplace_back("password", password);
    for (auto const& [key, value] : more) {
      std::erase_if(settings, [&](auto const& each) { return each.first == key; });
      settings.emplace_back(key, value);
    }
    return settings;
  }
  std::string url(std::string const& role, std::string const& password, std::string const& database) const {
    return "postgres://" + role + ":" + password + "@127.0.0.1:" + port + "/" + database;
  }

  ~Database() {
    close(input_);
    waitpid(pid_, nullptr, 0);
  }

 private:
  explicit Database(char const* which) {
    int in[2], out[2];
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    pid_ = fork();
    if (pid_ == 0) {
      dup2(in[0], 0);
      dup2(out[1], 1);
      execl(SOURCE_DIR "/tests/database/server", "server", which, nullptr);
      _exit(127);
    }
    close(in[0]);
    close(out[1]);
    input_ = in[1];
    std::string line;
    for (char c; read(out[0], &c, 1) == 1 && c != '\n';) line += c;
    close(out[0]);
    std::istringstream(line) >> port >> folder;
    if (!folder.empty()) return;
    close(input_);
    waitpid(pid_, nullptr, 0);
    throw std::runtime_error("tests/database/server did not start");
  }
  int input_ = -1;
  pid_t pid_ = -1;
};

// A port on 127.0.0.1 whose connections are taken by the kernel and never answered.
class SilentPort {
 public:
  SilentPort() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    fd_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(fd_, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(fd_, 8) != 0 ||
        getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
      throw std::runtime_error("no port");
    port_ = std::to_string(ntohs(address.sin_port));
  }
  ~SilentPort() { close(fd_); }
  SilentPort(SilentPort const&) = delete;
  std::string const& port() const { return port_; }
  // From now on nobody listens there.
  void shut() { shutdown(fd_, SHUT_RDWR); }
  // One connection, to be answered by hand.
  int take() const { return accept(fd_, nullptr, nullptr); }

 private:
  int fd_;
  std::string port_;
};
