#include "rehearsal/archive.h"

#include <utility>

#include <boost/asio/use_awaitable.hpp>

#include "rehearsal/dry_run.h"
#include "rehearsal/records.h"

namespace rehearsal {

using base::Json;

asio::awaitable<Reply> Archive::list(Target collection, Layer const& layer) {
  Ask ask{"GET", collection.path + query_of_all(collection), {}, {},
          "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"};
  auto reply = co_await upstream_.ask(std::move(ask));
  auto answer = reply.ok() ? base::parse_json(reply.body) : std::nullopt;
  if (!reply.ok()) co_return reply;
  if (!answer) co_return status_reply(502, "InternalError", "the API server's list is no JSON");
  bool const metadata_only = (*answer)["kind"].str() == "PartialObjectMetadataList";
  auto const wanted = looked_into(*answer);
  auto& items = answer->set("items").make_array();
  auto const selector = collection.query_value("labelSelector");
  std::erase_if(items, [&](Json const& item) { return !matches(item["metadata"]["labels"], selector).value_or(true); });
  if (metadata_only) {
    answer->set("apiVersion") = "v1";
    answer->set("kind") = kind_of_record(collection.resource) + "List";
    for (auto& item : items) {
      auto record = collection;
      auto metadata = item["metadata"];
      record.name_space = metadata["namespace"].str();
      record.name = metadata["name"].str();
      bool const whole = wanted.contains(record.name) && !layer.find(record.key());
      item = co_await shown(std::move(record), std::move(metadata), whole);
    }
  }
  layer.merge_into(*answer, collection);
  co_return json_reply(200, *answer);
}

Json const* Archive::outline(Key const& record) const {
  auto const found = outlines_.find(record);
  return found == outlines_.end() ? nullptr : &found->second;
}

asio::awaitable<Json> Archive::shown(Target record, Json metadata, bool whole) {
  auto outline = outline_of(metadata, kind_of_record(record.resource));
  if (whole) {
    Ask question{"GET", path_of("v1", record.resource, record.name_space, record.name), {}, {}, "application/json"};
    auto const reply = co_await upstream_.ask(std::move(question));
    auto object = reply.ok() ? base::parse_json(reply.body) : std::nullopt;
    co_return object ? std::move(*object) : std::move(outline);
  }
  outlines_[record.key()] = outline;
  co_return outline;
}

}  // namespace rehearsal
