#pragma once
#include <catch2/catch.hpp>

#include <map>
#include <set>

#include <workflow/engine.hpp>
