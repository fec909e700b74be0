// Questions that any gRPC tool asks a server, by hand: health and reflection.
//
// Each waits at most 20 s. Thread: any.
#pragma once

#include <string>

namespace sepakat::support {

// Of one service, or of the whole server when empty: 1 is SERVING, 2 NOT_SERVING, negative is the
// gRPC error.
int HealthOf(const std::string& address, const std::string& service);

// The answer of server reflection that names all services, as bytes.
std::string ReflectedServices(const std::string& address);
// The answer that describes the file which declares `symbol`.
std::string ReflectedFileOf(const std::string& address, const std::string& symbol);

}  // namespace sepakat::support
