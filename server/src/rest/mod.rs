//! REST: `/api/v1/{workspace}/…`. Each handler translates a request, calls one operation and translates back.

use crate::routes::Routes;

pub fn add(_routes: &mut Routes) {}
