#include "actions/remedies.h"

#include "state/marks.h"

namespace actions {
namespace {

using base::Json;

// A chart may leave a field out, or empty.
bool is_open(Json const& spec, std::string_view key) {
  auto const& value = spec[key];
  return value.is_null() || (value.is_string() && value.str().empty()) || (value.is_array() && value.items().empty()) || value.number() == "0";
}

void write_into(Json& words, Words const& now) {
  for (auto const& [key, text] : now)
    if (text) words.set(key) = *text;
}

Json const* port_like(Json const& port, Json const& ports) {
  auto const protocol = [](Json const& each) { return each["protocol"].str_or("TCP"); };
  for (auto const& each : ports.items())
    if (each["port"] == port["port"] && protocol(each) == protocol(port)) return &each;
  return nullptr;
}

bool has_node_ports(Json const& spec) { return spec["type"].str() == "NodePort" || spec["type"].str() == "LoadBalancer"; }

void keep_node_ports(Json& spec, Json const& live, Json const& base) {
  if (!has_node_ports(spec) || !spec["ports"].is_array()) return;
  for (auto& port : spec.set("ports").make_array()) {
    auto const* mine = port_like(port, live["ports"]);
    auto const* asked = port_like(port, base["ports"]);
    if (mine && mine->has("nodePort") && is_open(port, "nodePort") && (!asked || is_open(*asked, "nodePort")))
      port.set("nodePort") = (*mine)["nodePort"];
  }
}

void keep_address(Json& spec, Json const& live, Json const& base) {
  for (auto const* key : {"clusterIP", "clusterIPs"})
    if (!is_open(spec, key) || !is_open(base, key)) return;
  auto const& address = live["clusterIP"].str();
  if (spec["type"].str() == "ExternalName" || address.empty() || address == "None") return;
  spec.set("clusterIP") = address;
  if (live.has("clusterIPs")) spec.set("clusterIPs") = live["clusterIPs"];
}

void keep_health_port(Json& spec, Json const& live, Json const& base) {
  constexpr auto key = "healthCheckNodePort";
  bool const needed = spec["type"].str() == "LoadBalancer" && spec["externalTrafficPolicy"].str() == "Local";
  if (needed && live.has(key) && is_open(spec, key) && is_open(base, key)) spec.set(key) = live[key];
}

void own(Json& metadata, Json const& target, Json const& live, state::Request const& request) {
  auto mark = adoption({}, target, request);
  metadata.set("namespace") = live["metadata"]["namespace"];
  mark.now.annotations.erase(state::marks::resource_policy);
  write_into(metadata.set("labels"), mark.now.labels);
  write_into(metadata.set("annotations"), mark.now.annotations);
}

}  // namespace

Json service_anew(Json const& target, Json const& live, Json const& base, state::Request const& request) {
  Json service = target;
  own(service.set("metadata"), target, live, request);
  auto& spec = service.set("spec");
  keep_address(spec, live["spec"], base["spec"]);
  keep_node_ports(spec, live["spec"], base["spec"]);
  keep_health_port(spec, live["spec"], base["spec"]);
  return service;
}

}  // namespace actions
