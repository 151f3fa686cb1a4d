#pragma once

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

// A server on a Unix socket that answers with what a test says and keeps what it was asked: enough HTTP for one client.
class Server {
 public:
  // From a whole request to a whole answer; an empty answer closes the connection.
  using Answer = std::function<std::string(std::string const& request)>;

  Server(std::string const& path, Answer answer) : answer_(std::move(answer)) {
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    listener_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(listener_, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0 || listen(listener_, 64) != 0)
      throw std::runtime_error("can't listen on " + path);
    if (pipe(stop_) != 0) throw std::runtime_error("no pipe");
    thread_ = std::thread([this] { serve(); });
  }
  ~Server() {
    close(stop_[1]);
    thread_.join();
    talks_.clear();
    close(stop_[0]);
    close(listener_);
  }

  std::vector<std::string> requests() {
    std::lock_guard const lock(mutex_);
    return requests_;
  }
  int connections() {
    std::lock_guard const lock(mutex_);
    return connections_;
  }

  static std::string http(int status, std::string const& body, std::string const& headers = "") {
    return "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           headers + "\r\n" + body;
  }

 private:
  bool readable(int fd) const {
    pollfd fds[2] = {{fd, POLLIN, 0}, {stop_[0], POLLIN, 0}};
    poll(fds, 2, -1);
    return fds[1].revents == 0;
  }

  void serve() {
    while (readable(listener_)) {
      int const fd = accept(listener_, nullptr, nullptr);
      {
        std::lock_guard const lock(mutex_);
        ++connections_;
      }
      talks_.emplace_back([this, fd] {
        while (answer_one(fd)) {
        }
        close(fd);
      });
    }
  }

  bool answer_one(int fd) {
    std::string request;
    char bytes[4096];
    while (!is_whole(request)) {
      if (!readable(fd)) return false;
      auto const size = read(fd, bytes, sizeof bytes);
      if (size <= 0) return false;
      request.append(bytes, static_cast<std::size_t>(size));
    }
    {
      std::lock_guard const lock(mutex_);
      requests_.push_back(request);
    }
    auto const text = answer_(request);
    if (text.empty()) return false;
    send(fd, text.data(), text.size(), MSG_NOSIGNAL);
    return text.find("Connection: close") == std::string::npos;
  }

  static bool is_whole(std::string const& request) {
    auto const end = request.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    auto const length = request.find("Content-Length: ");
    return length == std::string::npos || request.size() >= end + 4 + std::stoul(request.substr(length + 16));
  }

  Answer answer_;
  int listener_ = -1;
  int stop_[2];
  std::mutex mutex_;
  std::vector<std::string> requests_;
  int connections_ = 0;
  std::thread thread_;
  std::vector<std::jthread> talks_;
};
