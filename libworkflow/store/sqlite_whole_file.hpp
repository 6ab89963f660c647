#pragma once

/// The statements of a check of the whole file. Prepared on demand, because they are rarely needed.

#include "sqlite_connection.hpp"
#include "whole_file.hpp"

namespace workflow::store {

std::vector<RowFault> faults_of(Connection& connection);
void each_event(Connection& connection,
                const std::function<void(const WholeFile::EventKey&)>& visit);
void each_request(Connection& connection,
                  const std::function<void(const WholeFile::Request&)>& visit);
void each_read(Connection& connection, const std::function<void(const WholeFile::Read&)>& visit);
void each_sealed(Connection& connection,
                 const std::function<void(const WholeFile::Sealed&)>& visit);
void each_task(Connection& connection, const std::function<void(const WholeFile::Task&)>& visit);
void each_definition(Connection& connection,
                     const std::function<void(std::string_view, std::string_view)>& visit);
std::vector<std::pair<std::string, std::string>> turns_of(Connection& connection);
std::vector<std::int64_t> persons_without_data(Connection& connection);

}  // namespace workflow::store
